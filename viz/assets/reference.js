"use strict";
(() => {
  const root = document.documentElement;
  const search = document.getElementById("search");
  const found = document.getElementById("found");
  const contents = document.getElementById("contents");
  const KEY = "policygraph-language";

  // -- Language: one or both, remembered where the browser lets it be.
  function remembered() {
    try { return localStorage.getItem(KEY); } catch { return null; }
  }
  function speak(language, keep) {
    root.dataset.language = language;
    root.lang = language === "en" ? "en" : "zh-Hans";
    for (const button of document.querySelectorAll("[data-choose]"))
      button.setAttribute("aria-pressed", String(button.dataset.choose === language));
    if (!keep) return;
    try { localStorage.setItem(KEY, language); } catch { /* not remembered, still shown */ }
  }
  for (const button of document.querySelectorAll("[data-choose]"))
    button.addEventListener("click", () => speak(button.dataset.choose, true));
  const asked = new URLSearchParams(location.search).get("lang") || remembered();
  speak(["zh", "en", "both"].includes(asked) ? asked : "both", false);

  // -- Search: terms, rows of concepts, and the items of the contents that lead to them.
  const entries = [...document.querySelectorAll(".term, tbody tr[id], .schemes > a")].map((element) => {
    const names = element.matches(".term") ? [...element.querySelectorAll("h3, h4, .pair")] : [element];
    return { element, text: names.map((part) => part.textContent).join(" ").toLowerCase() };
  });
  const items = [...document.querySelectorAll(".contents .item")].map((element) => ({
    element, to: element.firstElementChild.getAttribute("href").slice(1),
  }));
  function filter() {
    const wanted = search.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
    const shown = new Set();
    let count = 0;
    for (const { element, text } of entries) {
      const fits = wanted.every((word) => text.includes(word));
      element.hidden = !fits;
      if (fits) { count++; if (element.id) shown.add(element.id); }
    }
    for (const { element, to } of items) element.hidden = !shown.has(to);
    root.classList.toggle("searching", wanted.length > 0);
    for (const group of document.querySelectorAll(".group, .part"))
      group.classList.toggle("bare", wanted.length > 0 && !group.querySelector(".term:not([hidden]), tbody tr[id]:not([hidden]), .schemes > a:not([hidden])"));
    for (const group of document.querySelectorAll(".contents li:not(.item)"))
      group.classList.toggle("bare", wanted.length > 0 && !group.querySelector(".item:not([hidden])"));
    found.textContent = wanted.length ? String(count) : "";
    document.getElementById("nothing").hidden = count > 0;
  }
  for (const change of ["input", "change"]) search.addEventListener(change, filter);
  search.addEventListener("keydown", (event) => {
    if (event.key === "Escape") { search.value = ""; filter(); }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && !event.target.closest("input")) { event.preventDefault(); search.focus(); }
  });
  // A link to what the search hides shows it again.
  window.addEventListener("hashchange", () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target || target.getClientRects().length) return;
    search.value = "";
    filter();
    target.scrollIntoView();
  });

  // -- Contents: folded where the page is narrow; where one is, is marked.
  const narrow = matchMedia("(max-width: 1000px)");
  const fold = () => { contents.open = !narrow.matches; };
  fold();
  narrow.addEventListener("change", fold);
  contents.addEventListener("click", (event) => {
    if (narrow.matches && event.target.closest("a")) contents.open = false;
  });
  const links = new Map([...contents.querySelectorAll("a[href^='#']")].map((a) => [a.getAttribute("href").slice(1), a]));
  const watcher = new IntersectionObserver((seen) => {
    for (const { target, isIntersecting } of seen) {
      if (!isIntersecting) continue;
      for (const link of links.values()) link.removeAttribute("aria-current");
      links.get(target.id).setAttribute("aria-current", "true");
    }
  }, { rootMargin: "-70px 0px -75% 0px" });
  for (const id of links.keys()) {
    const target = document.getElementById(id);
    if (target) watcher.observe(target);
  }
})();
