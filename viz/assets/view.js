"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const words = {
    zh: {
      search: "查找名称…", whole: "看全图", language: "English", home: "← 目录", close: "关闭",
      empty: "库里没有可画的内容。先运行 policygraph build。",
      shown: (n, m) => `${n} 个节点，${m} 条联系`,
      left: n => `另有 ${n} 个节点未画出（只画联系最多的）`,
      found: n => n ? `找到 ${n} 个` : "没有找到", said: "原文", links: "联系"
    },
    en: {
      search: "Find a name…", whole: "Whole picture", language: "中文", home: "← Contents", close: "Close",
      empty: "Nothing to draw in this store. Run policygraph build first.",
      shown: (n, m) => `${n} nodes, ${m} links`,
      left: n => `${n} more nodes left out (the most connected are drawn)`,
      found: n => n ? `${n} found` : "not found", said: "In the text", links: "Links"
    }
  };
  let language = new URLSearchParams(location.search).get("lang") === "en" ? "en" : "zh";
  const style = getComputedStyle(document.documentElement);
  const colour = name => style.getPropertyValue("--" + name).trim();
  const fontFace = getComputedStyle(document.body).fontFamily;
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
  const named = node => language === "en" && node.english || node.name;
  const labelled = drawn => language === "en" && drawn.inEnglish || drawn.label;
  const ink = node => ({ box: "#fff", ellipse: "#fff" }[node.shape] || colour("ink"));
  const hidden = new Set(), LEAST = 0.6; // the smallest scale at which words are read
  const nodes = new vis.DataSet(data.nodes.map(node => ({
    id: node.id, label: labelled(node), shape: node.shape === "text" ? "box" : node.shape, size: node.size, x: node.x, y: node.y,
    color: node.shape === "text"
      ? { background: colour("card"), border: colour("line"), highlight: { background: colour("card"), border: colour("accent") }, hover: { background: colour("card"), border: colour("accent") } }
      : { background: node.color, border: node.color, highlight: { background: node.color, border: colour("ink") }, hover: { background: node.color, border: colour("ink") } },
    font: { color: ink(node), size: data.letter, face: fontFace },
    kind: node.kind, name: node.name, english: node.english, quotes: node.quotes, reach: node.reach, title: tooltip(named(node), node.quotes)
  })));
  const edges = new vis.DataSet(data.edges.map((edge, place) => ({
    id: place, from: edge.from, to: edge.to, label: labelled(edge), quotes: edge.quotes,
    title: tooltip(labelled(edge), edge.quotes)
  })));
  const network = data.nodes.length ? new vis.Network(at("network"), { nodes, edges }, {
    physics: false,
    layout: { improvedLayout: false },
    interaction: { hover: true, tooltipDelay: 120, navigationButtons: false, dragNodes: true },
    nodes: { borderWidth: 1, borderWidthSelected: 3, margin: 8, shapeProperties: { borderRadius: 5 } },
    edges: {
      arrows: { to: { enabled: true, scaleFactor: 0.45 } }, width: 1,
      color: { color: colour("edge"), highlight: colour("accent"), hover: colour("accent") },
      font: { size: data.letter - 4, face: fontFace, color: colour("soft"), strokeWidth: 4, strokeColor: colour("paper"), align: "horizontal" },
      smooth: data.bands.length ? { enabled: true, type: "curvedCW", roundness: 0.08 } : false
    }
  }) : null;
  if (network) {
    if (data.bands.length) network.on("beforeDrawing", drawBands);
    network.on("click", event => event.nodes.length ? show(event.nodes[0]) : hide());
    network.once("afterDrawing", () => {
      document.documentElement.dataset.drawn = String(data.nodes.length);
      document.documentElement.dataset.milliseconds = String(Math.round(performance.now()));
    });
    begin();
  } else {
    at("network").append(element("div"));
    at("network").lastChild.id = "empty";
    document.documentElement.dataset.drawn = "0";
  }
  window.policygraph = { network, nodes, edges };

  function boxOf(some) {
    const sides = some.map(n => [n.x - n.reach[0], n.y - n.reach[1], n.x + n.reach[0], n.y + n.reach[1]]);
    return [0, 1].map(i => Math.min(...sides.map(s => s[i]))).concat([2, 3].map(i => Math.max(...sides.map(s => s[i]))));
  }
  function extents() {
    const box = boxOf(data.nodes);
    for (const band of data.bands) { box[1] = Math.min(box[1], band.top); box[3] = Math.max(box[3], band.bottom); }
    if (data.bands.length) box[0] -= 130;
    return box;
  }
  function whole() { frameOf(extents(), 0); }
  function frameOf([left, top, right, bottom], least) {
    const frame = at("network");
    const scale = Math.max(least, Math.min(1.15, (frame.clientWidth - 36) / (right - left), (frame.clientHeight - 28) / (bottom - top)));
    network.moveTo({ position: { x: (left + right) / 2, y: (top + bottom) / 2 }, scale, animation: false });
  }
  // On a small screen the whole has no words one can read: there it begins at what has the most links, with what these lead to.
  function begin() {
    whole();
    if (network.getScale() >= 0.5) return;
    const most = data.nodes.reduce((best, node) => node.size > best.size ? node : best);
    const near = new Set([most.id, ...data.edges.flatMap(edge => edge.from === most.id ? edge.to : edge.to === most.id ? edge.from : [])]);
    const box = boxOf(data.nodes.filter(node => near.has(node.id)));
    if ((at("network").clientWidth - 36) / (box[2] - box[0]) >= LEAST) frameOf(box, LEAST);
    else network.moveTo({ position: { x: most.x, y: most.y }, scale: LEAST, animation: false });
  }
  function drawBands(context) {
    const [left, , right] = extents(), far = 4000;
    context.save();
    data.bands.forEach((band, place) => {
      context.fillStyle = colour(place % 2 ? "paper" : "band");
      context.fillRect(left - far, band.top, right - left + 2 * far, band.bottom - band.top);
      context.fillStyle = colour("soft");
      context.font = `600 19px ${fontFace}`;
      context.textBaseline = "middle";
      context.fillText(band[language], left + 8, (band.top + band.bottom) / 2);
    });
    context.restore();
  }
  function show(id) {
    const node = nodes.get(id), box = at("detail"), said = words[language];
    const close = element("button", "×", "close");
    close.setAttribute("aria-label", said.close);
    close.addEventListener("click", hide);
    box.replaceChildren(close, element("h2", named(node)), element("div", kindOf(node.kind)[language], "kind"));
    if (node.quotes.length) box.append(element("h3", said.said));
    for (const quote of node.quotes) box.append(element("blockquote", quote));
    box.append(element("h3", said.links));
    for (const edge of edges.get({ filter: e => e.from === id || e.to === id })) {
      const other = nodes.get(edge.from === id ? edge.to : edge.from);
      const line = element("button", undefined, "link");
      line.append(element("span", edge.from === id ? `${edge.label} →` : `← ${edge.label}`), " " + named(other));
      line.addEventListener("click", () => { network.selectNodes([other.id]); show(other.id); });
      box.append(line);
    }
    box.hidden = false;
    box.scrollTop = 0;
  }
  function hide() { at("detail").hidden = true; }
  function filter() {
    nodes.update(nodes.map(node => ({ id: node.id, hidden: hidden.has(node.kind) })));
  }
  function find(text) {
    if (!network) return;
    const wanted = text.trim().toLowerCase();
    const found = wanted ? nodes.getIds({ filter: node => `${node.name} ${node.english || ""}`.toLowerCase().includes(wanted) }) : [];
    network.selectNodes(found);
    at("found").textContent = wanted ? words[language].found(found.length) : "";
    if (found.length === 1) { network.focus(found[0], { scale: 1.1, animation: false }); show(found[0]); return; }
    hide();
    if (found.length) network.fit({ nodes: found, animation: false, maxZoomLevel: 1.1 });
    else if (!wanted) whole();
  }
  function markOf(type) {
    const mark = element("span", undefined, "mark");
    mark.style.background = type.colour;
    mark.style.borderRadius = { box: "3px", ellipse: "50%", dot: "50%" }[type.shape] || "0";
    if (["dot", "star", "hexagon", "diamond", "triangle"].includes(type.shape)) mark.style.width = "15px";
    if (type.shape === "text") { mark.style.background = "var(--card)"; mark.style.border = "1px solid var(--edge)"; mark.style.borderRadius = "3px"; }
    const cut = {
      star: "polygon(50% 0,61% 35%,98% 35%,68% 57%,79% 91%,50% 70%,21% 91%,32% 57%,2% 35%,39% 35%)",
      hexagon: "polygon(25% 0,75% 0,100% 50%,75% 100%,25% 100%,0 50%)",
      diamond: "polygon(50% 0,100% 50%,50% 100%,0 50%)", triangle: "polygon(50% 0,100% 100%,0 100%)"
    }[type.shape];
    if (cut) mark.style.clipPath = cut;
    return mark;
  }
  function legend() {
    const box = at("legend"), said = words[language];
    box.replaceChildren();
    for (const type of data.types) {
      const label = element("label"), tick = element("input");
      tick.type = "checkbox";
      tick.checked = !hidden.has(type.key);
      tick.dataset.kind = type.key;
      tick.addEventListener("change", () => { tick.checked ? hidden.delete(type.key) : hidden.add(type.key); filter(); });
      label.append(tick, markOf(type), element("span", type[language]));
      box.append(label);
    }
    const count = said.shown(data.nodes.length, data.edges.length) + (data.leftOut ? " · " + said.left(data.leftOut) : "");
    box.append(element("span", count, "note"));
  }
  function speak() {
    const said = words[language], place = language === "zh" ? 0 : 1;
    document.documentElement.lang = language === "zh" ? "zh-Hans" : "en";
    at("title").textContent = data.title[place];
    at("question").textContent = data.question[place];
    at("search").placeholder = said.search;
    at("search").setAttribute("aria-label", said.search);
    at("found").textContent = "";
    at("whole").textContent = said.whole;
    at("language").textContent = said.language;
    if (data.home) { at("home").hidden = false; at("home").textContent = said.home; at("home").href = `${data.home}?lang=${language}`; }
    if (!data.nodes.length) at("empty").textContent = said.empty;
    nodes.update(data.nodes.map(node => ({ id: node.id, label: labelled(node), title: tooltip(named(node), node.quotes) })));
    edges.update(data.edges.map((edge, place) => ({ id: place, label: labelled(edge), title: tooltip(labelled(edge), edge.quotes) })));
    const chosen = network ? network.getSelectedNodes() : [];
    if (!at("detail").hidden && chosen.length === 1) show(chosen[0]);
    legend();
    if (network) network.redraw();
  }
  at("language").addEventListener("click", () => { language = language === "zh" ? "en" : "zh"; speak(); });
  at("whole").addEventListener("click", () => { at("search").value = ""; find(""); });
  at("search").addEventListener("input", event => find(event.target.value));
  document.addEventListener("keydown", event => { if (event.key === "Escape") hide(); });
  speak();
})();
