import { steadyNow } from '../../text/steadyClock';

/** How often the page asks whether the extension answers, and after how long it says that it doesn't, in milliseconds. */
const pingEveryMs = 1000;
const silentAfterMs = 3000;

export interface SilenceHandlers {
  ping(): void;
  /** The extension fell silent, or answers again. `since`: when it last did, by the steady clock. */
  onChange(isSilent: boolean, since: number): void;
}

/** Tells whether the extension answers. A hidden page asks nothing. */
export class Silence {
  #heardAt = steadyNow();
  #isSilent = false;

  constructor(private readonly handlers: SilenceHandlers) {
    setInterval(() => this.#tick(), pingEveryMs);
  }

  get isSilent(): boolean {
    return this.#isSilent;
  }

  /** Any message of the extension is a sign of life. */
  heard(): void {
    this.#heardAt = steadyNow();
    this.#set(false);
  }

  #tick(): void {
    if (document.visibilityState !== 'visible') {
      this.#heardAt = Math.max(this.#heardAt, steadyNow() - pingEveryMs);
      return;
    }
    this.handlers.ping();
    if (steadyNow() - this.#heardAt > silentAfterMs) this.#set(true);
  }

  #set(isSilent: boolean): void {
    // Said again each second while silent: the age of what is shown grows.
    if (isSilent === this.#isSilent && !isSilent) return;
    this.#isSilent = isSilent;
    this.handlers.onChange(isSilent, this.#heardAt);
  }
}
