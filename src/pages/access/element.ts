/** Creates an element with a class. */
export function element<K extends keyof HTMLElementTagNameMap>(
  name: K,
  className: string,
  ...children: readonly HTMLElement[]
): HTMLElementTagNameMap[K] {
  const created = document.createElement(name);
  created.className = className;
  created.append(...children);
  return created;
}

/** @throws Error when the page has no such element */
export function byId<T extends HTMLElement = HTMLElement>(id: string): T {
  const target = document.getElementById(id);
  if (!target) throw new Error(`The page has no ${id}.`);
  return target as T;
}

/** Sets the text of an element that has only a text. */
export function setTextOf(id: string, text: string): void {
  const target = byId(id);
  if (target.textContent !== text) target.textContent = text;
}
