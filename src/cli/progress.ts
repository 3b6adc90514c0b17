import type { Waiting } from '../openai';
import { steadyNow } from '../text/steadyClock';
import type { ListWait } from '../words/waiting';
import { waitInWords } from '../words/waiting';
import { safeForConsole } from './formats/escape';
import type { Output } from './host';

const barWidth = 20;

/**
 * Progress on standard error. On a terminal it is one line with a bar, which is removed at the end. Elsewhere it is a line for
 * each phase and each wait, so that a log stays short.
 */
export class ProgressLine {
  /** That was said last. */
  #phase = '';
  #shown = '';
  #waitedUntil = 0;

  constructor(
    private readonly output: Output,
    private readonly now: () => number = steadyNow,
  ) {}

  /** `phase`: for a log, once. `text`: how far it is, for a terminal. */
  show(phase: string, text: string, done = 0, total = 0): void {
    if (this.output.isTTY) {
      this.#draw(total > 0 ? `${bar(done / total)} ${text}` : text);
      return;
    }
    if (phase === this.#phase) return;
    this.#phase = phase;
    this.output.write(`${safeForConsole(phase)}\n`);
  }

  wait(waiting: Waiting | ListWait): void {
    const text = waitInWords(waiting, this.now());
    if (this.output.isTTY) {
      this.#draw(text);
      return;
    }
    // Many requests wait for one limit.
    if (waiting.until <= this.#waitedUntil + 1000) return;
    this.#waitedUntil = waiting.until;
    this.output.write(`${safeForConsole(text)}\n`);
  }

  /** Says something that stays. */
  say(text: string): void {
    this.clear();
    this.output.write(`${safeForConsole(text)}\n`);
  }

  /** Removes the line. */
  clear(): void {
    if (this.#shown === '') return;
    this.#shown = '';
    this.output.write('\r\u001b[K');
  }

  #draw(said: string): void {
    const text = safeForConsole(said);
    // A terminal that doesn't say how wide it is says 0.
    const columns = this.output.columns || 80;
    // A line that wraps could not be removed.
    const line = text.length < columns ? text : `${text.slice(0, Math.max(1, columns - 2))}…`;
    if (line === this.#shown) return;
    this.#shown = line;
    this.output.write(`\r\u001b[K${line}`);
  }
}

function bar(share: number): string {
  const full = Math.round(Math.min(1, Math.max(0, share)) * barWidth);
  return `[${'#'.repeat(full)}${'-'.repeat(barWidth - full)}]`;
}
