"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const words = {
    zh: { search: "查找名称…", whole: "看全图", language: "English", empty: "库里没有可画的内容。先运行 policygraph build。", left: n => `另有 ${n} 个节点未画出（只画联系最多的）`, shown: (n, m) => `${n} 个节点，${m} 条联系`, said: "原文", close: "关闭" },
    en: { search: "Find a name…", whole: "Whole picture", language: "中文", empty: "Nothing to draw in this store. Run policygraph build first.", left: n => `${n} more nodes left out (the most connected are drawn)`, shown: (n, m) => `${n} nodes, ${m} links`, said: "In the text", close: "Close" }
  };
  let language = new URLSearchParams(location.search).get("lang") === "en" ? "en" : "zh";
  const at = id => document.getElementById(id);
  const element = (tag, text, name) => {
    const made = document.createElement(tag);
    if (text !== undefined) made.textContent = text;
    if (name) made.className = name;
    return made;
  };
  const kindOf = key => data.types.find(type => type.key === key);
  const tooltip = (head, quotes) => {
    const box = element("div");
    box.append(element("b", head));
    for (const quote of quotes) box.append(element("blockquote", quote));
    return box;
  };
  const hidden = new Set();
  const nodes = new vis.DataSet(data.nodes.map(node => ({
    id: node.id, label: node.label, shape: node.shape, size: node.size, x: node.x, y: node.y,
    color: { background: node.color, border: node.color, highlight: { background: node.color, border: "#111" } },
    font: { color: node.font.color, size: 14, face: "inherit" }, kind: node.kind, name: node.name, quotes: node.quotes,
    margin: 8, title: tooltip(node.name, node.quotes)
  })));
  const edges = new vis.DataSet(data.edges.map((edge, place) => ({
    id: place, from: edge.from, to: edge.to, label: edge.label, quotes: edge.quotes,
    title: tooltip(edge.label, edge.quotes)
  })));
  const network = data.nodes.length ? new vis.Network(at("network"), { nodes, edges }, {
    physics: false,
    layout: { improvedLayout: false },
    interaction: { hover: true, tooltipDelay: 120, navigationButtons: false },
    nodes: { borderWidth: 1 },
    edges: { arrows: { to: { enabled: true, scaleFactor: 0.5 } }, color: { color: "#aab4c0", highlight: "#1f4e79", hover: "#1f4e79" }, font: { size: 11, color: "#5a6472", strokeWidth: 4, strokeColor: "#fbfaf7", align: "middle" }, smooth: false, width: 1 }
  }) : null;
  if (network) {
    network.fit({ animation: false });
    network.on("click", event => event.nodes.length ? show(event.nodes[0]) : hide());
    network.once("afterDrawing", () => { document.documentElement.dataset.drawn = String(data.nodes.length); });
  } else {
    const empty = element("div", words[language].empty);
    empty.id = "empty";
    at("network").append(empty);
    document.documentElement.dataset.drawn = "0";
  }
  window.policygraph = { network, nodes, edges };

  function show(id) {
    const node = nodes.get(id), box = detailBox();
    box.replaceChildren(element("h2", node.name), element("div", kindOf(node.kind)[language], "kind"));
    for (const quote of node.quotes) box.append(element("blockquote", quote));
    for (const edge of edges.get({ filter: e => e.from === id || e.to === id })) {
      const other = nodes.get(edge.from === id ? edge.to : edge.from);
      box.append(element("div", (edge.from === id ? `→ ${edge.label} ` : `← ${edge.label} `) + other.name, "kind"));
    }
    box.hidden = false;
  }
  function hide() { detailBox().hidden = true; }
  function detailBox() {
    let box = document.getElementById("detail");
    if (!box) { box = element("aside"); box.id = "detail"; at("network").append(box); }
    return box;
  }
  function filter() {
    nodes.update(nodes.map(node => ({ id: node.id, hidden: hidden.has(node.kind) })));
  }
  function find(text) {
    if (!network) return;
    const wanted = text.trim();
    const found = wanted ? nodes.getIds({ filter: node => node.name.includes(wanted) }) : [];
    network.selectNodes(found);
    if (found.length === 1) { network.focus(found[0], { scale: 1.1, animation: false }); show(found[0]); }
    else if (found.length) network.fit({ nodes: found, animation: false, maxZoomLevel: 1.1 });
  }
  function legend() {
    const box = at("legend");
    box.replaceChildren();
    for (const type of data.types) {
      const label = element("label"), tick = element("input"), mark = element("span", undefined, "mark");
      tick.type = "checkbox"; tick.checked = !hidden.has(type.key); tick.dataset.kind = type.key;
      tick.addEventListener("change", () => { tick.checked ? hidden.delete(type.key) : hidden.add(type.key); filter(); });
      mark.style.background = type.colour;
      mark.style.borderRadius = { box: "3px", ellipse: "50%", dot: "50%" }[type.shape] || "0";
      if (type.shape === "dot") mark.style.width = "14px";
      const cut = { star: "polygon(50% 0,61% 35%,98% 35%,68% 57%,79% 91%,50% 70%,21% 91%,32% 57%,2% 35%,39% 35%)", hexagon: "polygon(25% 0,75% 0,100% 50%,75% 100%,25% 100%,0 50%)", diamond: "polygon(50% 0,100% 50%,50% 100%,0 50%)", triangle: "polygon(50% 0,100% 100%,0 100%)" }[type.shape];
      if (cut) mark.style.clipPath = cut;
      label.append(tick, mark, element("span", type[language]));
      box.append(label);
    }
    const said = words[language];
    const count = said.shown(data.nodes.length, data.edges.length) + (data.leftOut ? " · " + said.left(data.leftOut) : "");
    box.append(element("span", count, "note"));
  }
  function speak() {
    const said = words[language], place = language === "zh" ? 0 : 1;
    document.documentElement.lang = language === "zh" ? "zh-Hans" : "en";
    at("title").textContent = data.title[place];
    at("question").textContent = data.question[place];
    at("search").placeholder = said.search;
    at("whole").textContent = said.whole;
    at("language").textContent = said.language;
    if (!data.nodes.length) at("empty").textContent = said.empty;
    legend();
  }
  at("language").addEventListener("click", () => { language = language === "zh" ? "en" : "zh"; speak(); });
  at("whole").addEventListener("click", () => { at("search").value = ""; hide(); if (network) { network.unselectAll(); network.fit({ animation: false }); } });
  at("search").addEventListener("input", event => find(event.target.value));
  speak();
})();
