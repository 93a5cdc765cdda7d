// The key / goes to the search box of the page; all else works without a script.
"use strict";
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]");
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || typing) return;
  const box = document.querySelector("main input[type=search]") || document.querySelector("nav.bar input[type=search]");
  if (!box) return;
  event.preventDefault();
  box.focus();
  box.select();
});
// The bar that comes once a figure is ticked does not lie over that figure or the next one.
document.addEventListener("change", (event) => {
  if (event.target.matches(".choosing [name=add]")) event.target.scrollIntoView({ block: "nearest" });
});
