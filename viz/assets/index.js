"use strict";
(() => {
  const button = document.getElementById("language");
  let language = new URLSearchParams(location.search).get("lang") === "en" ? "en" : "zh";
  function speak() {
    document.documentElement.lang = language === "zh" ? "zh-Hans" : "en";
    button.textContent = language === "zh" ? "English" : "中文";
    for (const link of document.querySelectorAll(".cards a")) link.search = `?lang=${language}`;
  }
  button.addEventListener("click", () => { language = language === "zh" ? "en" : "zh"; speak(); });
  speak();
})();
