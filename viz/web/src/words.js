// What the page says, in Chinese and English; data-word names an entry.
const words = {
  zh: {
    title: "SPARQL 查询", examples: "示例", filter: "筛选示例…", run: "运行", stop: "停止", running: "正在查询…",
    keys: "Ctrl-Enter 运行 · Ctrl-空格 补全", table: "表格", raw: "原文", network: "网络", share: "复制链接",
    shared: "链接已复制", download: "下载", more: "再显示 500 行", none: "没有结果", yes: "是", no: "否",
    hint: "选一个示例，或写下自己的查询。", nothing: "没有示例符合", search: "查找名称…", whole: "看全图", close: "关闭",
    values: "属性", links: "联系", other: "其他", open: "打开",
    rows: (n, ms) => `${n} 行，${ms} 毫秒`, triples: (n, ms) => `${n} 条三元组，${ms} 毫秒`,
    cut: n => `只显示前 ${n} 行`, drawn: (n, m) => `${n} 个节点，${m} 条联系`,
    left: n => `另有 ${n} 个节点未画出（只画联系最多的）`, unlinked: "结果里没有两件相连的事物，看表格。",
    lost: "无法连接服务，它还在运行吗？", place: (l, c) => `第 ${l} 行第 ${c} 列`, capped: "结果不完整：服务在上限处截断",
    broken: "结果没有传完：", select: "SELECT 与 ASK 的结果是表格；网络要用 CONSTRUCT。"
  },
  en: {
    title: "SPARQL query", examples: "Examples", filter: "Filter the examples…", run: "Run", stop: "Stop", running: "Running…",
    keys: "Ctrl-Enter runs · Ctrl-Space completes", table: "Table", raw: "Raw", network: "Network", share: "Copy link",
    shared: "Link copied", download: "Download", more: "500 more rows", none: "No results", yes: "Yes", no: "No",
    hint: "Choose an example, or write a query of your own.", nothing: "No example fits", search: "Find a name…", whole: "Whole picture", close: "Close",
    values: "Properties", links: "Links", other: "Other", open: "Open",
    rows: (n, ms) => `${n} rows, ${ms} ms`, triples: (n, ms) => `${n} triples, ${ms} ms`,
    cut: n => `the first ${n} rows are shown`, drawn: (n, m) => `${n} nodes, ${m} links`,
    left: n => `${n} more nodes left out (the most connected are drawn)`, unlinked: "No two things are linked in this result; see the table.",
    lost: "The service cannot be reached; is it still running?", place: (l, c) => `line ${l}, column ${c}`, capped: "Not complete: the service cut the result at its cap",
    broken: "The result broke off: ", select: "SELECT and ASK give a table; a network needs a CONSTRUCT."
  }
};

let language = document.documentElement.lang === "en" ? "en" : "zh";

export const spoken = () => language;
export const say = name => words[language][name];
/** One of a pair [Chinese, English]. */
export const pick = pair => pair[language === "zh" ? 0 : 1];

/** Put the page into a language: every element with data-word, data-zh/data-en or data-hint. */
export function speak(wanted) {
  language = wanted;
  document.documentElement.lang = wanted === "zh" ? "zh-Hans" : "en";
  document.title = `${say("title")} · policygraph`;
  for (const node of document.querySelectorAll("[data-word]")) node.textContent = say(node.dataset.word);
  for (const node of document.querySelectorAll("[data-zh]")) node.textContent = node.dataset[wanted];
  for (const node of document.querySelectorAll("[data-hint]")) {
    node.placeholder = say(node.dataset.hint);
    node.setAttribute("aria-label", say(node.dataset.hint));
  }
  for (const link of document.querySelectorAll("a[data-speaks]")) {
    const address = new URL(link.href);
    address.searchParams.set("lang", wanted);
    link.href = address;
  }
}
