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

/** A native button. */
export function button(text: string, act: (event: MouseEvent) => void, className = ''): HTMLButtonElement {
  const created = element('button', className);
  created.type = 'button';
  created.textContent = text;
  created.addEventListener('click', act);
  return created;
}

/** Marks what can't work while the extension doesn't answer. */
export function needsHost<T extends HTMLElement>(target: T, isAnswering: boolean): T {
  target.dataset.needsHost = '';
  target.inert = !isAnswering;
  return target;
}

/** A group of controls with a name for screen readers. */
export function group(className: string, label: string, ...children: readonly HTMLElement[]): HTMLElement {
  const created = element('div', className, ...children);
  created.setAttribute('role', 'group');
  created.setAttribute('aria-label', label);
  return created;
}

/** Sets a text, reusing the text node. */
export function setText(target: HTMLElement, text: string): void {
  const { firstChild } = target;
  if (firstChild instanceof Text && target.childNodes.length === 1) {
    if (firstChild.data !== text) firstChild.data = text;
  } else if (target.textContent !== text || target.childElementCount > 0) target.textContent = text;
}

/** Sets the text of an element of the page. */
export function setTextOf(id: string, text: string): void {
  setText(byId(id), text);
}
