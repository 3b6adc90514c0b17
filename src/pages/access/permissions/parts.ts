import { element } from '../element';

// Controls of the tab, made of native ones.

export function textButton(text: string, act: (event: MouseEvent) => void): HTMLButtonElement {
  const button = element('button', '');
  button.type = 'button';
  button.textContent = text;
  button.addEventListener('click', act);
  return button;
}

/** A group of controls with a name for screen readers. */
export function group(label: string, ...children: readonly HTMLElement[]): HTMLElement {
  const made = element('div', 'part', ...children);
  made.setAttribute('role', 'group');
  made.setAttribute('aria-label', label);
  return made;
}

/** A button that opens a popover with choices. */
export function menu(id: string, text: string, choices: readonly HTMLElement[]): HTMLElement[] {
  const popover = element('div', 'choices', ...choices);
  popover.id = `permissions-${id}`;
  popover.popover = 'auto';
  popover.setAttribute('role', 'group');
  popover.setAttribute('aria-label', text);
  const button = element('button', 'opens');
  button.type = 'button';
  button.textContent = text;
  button.setAttribute('popovertarget', popover.id);
  const { style } = button;
  style.setProperty('anchor-name', `--${popover.id}`);
  popover.style.setProperty('position-anchor', `--${popover.id}`);
  return [button, popover];
}

/** Sets a text that rarely changes. */
export function setText(target: HTMLElement, text: string): void {
  if (target.textContent !== text) target.textContent = text;
}

export function optionOf(value: string, text: string): HTMLOptionElement {
  const option = document.createElement('option');
  option.value = value;
  option.textContent = text;
  return option;
}
