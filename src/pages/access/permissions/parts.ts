import { element } from '../element';

// Controls of the tab, made of native ones.

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

export function optionOf(value: string, text: string): HTMLOptionElement {
  const option = document.createElement('option');
  option.value = value;
  option.textContent = text;
  return option;
}
