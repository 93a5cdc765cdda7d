// Elements of the page; everything from outside goes in as text.
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K, text: string | null = null, attributes: Record<string, string> = {}, ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  if (text !== null) made.textContent = text;
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

export function button(text: string, pressed: () => void, attributes: Record<string, string> = {}): HTMLButtonElement {
  const made = element("button", text, { type: "button", ...attributes });
  made.addEventListener("click", pressed);
  return made;
}

/** Gives the reader a file. */
export function download(name: string, content: Blob | string, type = "text/plain"): void {
  const blob = typeof content === "string" ? new Blob([content], { type: `${type};charset=utf-8` }) : content;
  const address = URL.createObjectURL(blob);
  element("a", null, { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}
