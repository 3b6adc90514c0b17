import { steadyNow } from '../../../text/steadyClock';
import { element, needsHost, setText } from '../element';

/** A line about data that is loaded on request, with its buttons. */
export class SourceLine {
  readonly element = element('div', 'source');
  readonly #text = element('span', '');
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor() {
    this.element.append(this.#text);
  }

  /** Shows a text, once a second while it counts down, and those buttons that are offered. */
  show(
    text: '' | ((clock: number) => string),
    isCountingDown: boolean,
    buttons: readonly (readonly [label: string, isOffered: boolean, act: () => void])[],
    isAnswering: boolean,
  ): void {
    clearInterval(this.#timer);
    const draw = (): void => setText(this.#text, text === '' ? '' : text(steadyNow()));
    draw();
    if (isCountingDown) this.#timer = setInterval(draw, 1000);
    this.element.hidden = this.#text.textContent === '';
    const offered = buttons.filter(([, isOffered]) => isOffered);
    this.element.classList.toggle('note', offered.length > 0);
    const existing = [...this.element.querySelectorAll('button')];
    const had = existing.indexOf(document.activeElement as HTMLButtonElement);
    for (const [at, [label, , act]] of offered.entries()) {
      const button = existing[at] ?? this.element.appendChild(element('button', ''));
      button.type = 'button';
      needsHost(button, isAnswering);
      setText(button, label);
      button.onclick = act;
    }
    for (const button of existing.slice(offered.length)) button.remove();
    // A button that is gone must not take the keyboard with it.
    if (had >= offered.length) this.element.querySelector('button')?.focus();
  }
}
