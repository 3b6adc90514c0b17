import type { Clock } from '../clock';
import { backoff, rateLimitPause } from '../retry';

const minute = 60_000;
const mostAtOnce = 16;
const proven = 12;
/** What held in the field against a limit of 7 a minute. */
const cautiousPerMinute = 6;
const cautiousBurst = 4;
const recovery = 5 * minute;
const forgetAfter = 10 * minute;
const remembered = 64;
/** The longest pause: a limit is forgotten after so long, too, and a wrong wait must not stop requests for good. */
const longestPause = forgetAfter;
const longAgo = Number.NEGATIVE_INFINITY;

/** A request that has begun. */
export interface Start {
  /** By the clock of the limiter. */
  readonly at: number;
  /** How many rate limits had been met before. */
  readonly incident: number;
}

function remember(list: number[], value: number): void {
  list.push(value);
  if (list.length > remembered) list.shift();
}

/**
 * How fast requests may follow each other, as learned from 429s.
 *
 * Up to 16 at a time until the first 429, one at a time from then on. A wait that the server asks for is obeyed, up to
 * ten minutes; if it has to ask again, requests are spaced by the time that what it had allowed should have lasted. No
 * wait is shorter than a backoff that doubles with each limit. When the server asks for nothing, or asks for less than
 * that backoff and then refuses the next request, too, there is a pause of about a minute, then no minute sees more than 6 starts and no third of a minute more than
 * 4 (or the number that was served in the minute before, less one, where that was more), and fewer after each further
 * 429. All this is forgotten after ten idle minutes.
 */
export class RateLimiter {
  readonly #clock: Clock;
  readonly #starts: number[] = [];
  readonly #served: number[] = [];
  #incidents = 0;
  #lastIncident = longAgo;
  #pausedUntil = longAgo;
  /** The longer wait that the server asked for when the pause began. */
  #askedFor: number | undefined;
  /** Limits for which the server asked for less than the backoff. */
  #shortWaits = 0;
  /** Distance between starts, where the server says how long to wait. */
  #gap = 0;
  /** Starts a minute, where it does not. */
  #perMinute = Number.POSITIVE_INFINITY;
  #ceiling = Number.POSITIVE_INFINITY;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /**
   * Maximum concurrent requests. Until 12 responses have arrived, freed places are not reused: at most 16 requests go
   * out before a low limit (7 per minute was seen) can show itself as a 429.
   */
  get maxConcurrent(): number {
    if (this.#lastIncident !== longAgo) return 1;
    return this.#served.length < proven ? mostAtOnce - this.#served.length : mostAtOnce;
  }

  /** The wait that the server asked for, in milliseconds, if the present pause is shorter. */
  get askedFor(): number | undefined {
    return this.#clock.now() < this.#pausedUntil ? this.#askedFor : undefined;
  }

  /** When each of the next `count` requests may begin at the earliest, by the clock of the limiter. */
  schedule(count: number): number[] {
    const now = this.#clock.now();
    if (now - Math.max(this.#starts.at(-1) ?? now, this.#pausedUntil) > forgetAfter) this.#forget();
    if (this.maxConcurrent > 1) return Array<number>(count).fill(now);
    const perMinute = Math.min(
      this.#ceiling,
      this.#perMinute + Math.floor(Math.max(0, now - this.#pausedUntil) / recovery),
    );
    const burst = Math.max(Math.ceil((perMinute * cautiousBurst) / cautiousPerMinute), 1);
    const starts = [...this.#starts];
    const after = (most: number, ms: number) => (starts.at(-most) ?? longAgo) + ms;
    return Array.from({ length: count }, () => {
      let at = Math.max(now, this.#pausedUntil, after(1, this.#gap));
      if (perMinute < remembered) at = Math.max(at, after(perMinute, minute), after(burst, minute / 3));
      starts.push(at);
      return at;
    });
  }

  begin(): Start {
    const at = this.#clock.now();
    remember(this.#starts, at);
    return { at, incident: this.#incidents };
  }

  /** The server answered, and not with a 429. */
  served(start: Start): void {
    remember(this.#served, start.at);
    // An answer that was under way when the first 429 came shows, too, how much the server allows.
    const isLate = start.incident < this.#incidents;
    if (isLate && this.#ceiling < remembered && this.#perMinute === this.#ceiling) this.#learn();
  }

  /**
   * The server answered with a 429 and asks to wait so many milliseconds, or does not say how long.
   * False if the request was under way already when an earlier 429 came: then it says nothing new.
   */
  limited(start: Start, askedFor: number | undefined): boolean {
    const now = this.#clock.now();
    const isNew = start.incident === this.#incidents;
    const asked = askedFor === undefined ? undefined : this.#credible(askedFor, isNew);
    if (isNew) {
      const first = this.#lastIncident === longAgo;
      // After a pause that was shorter than asked for, another 429 says nothing about the pace.
      if (asked !== undefined && !first && this.#askedFor === undefined) {
        const used = this.#served.filter((at) => at >= this.#pausedUntil).length;
        const lasted = (now + asked - this.#pausedUntil) / Math.max(1, used);
        this.#gap = Math.max(this.#gap, Math.min(lasted, asked) * 1.05);
      }
      this.#incidents++;
      this.#lastIncident = now;
      if (asked === undefined) {
        if (this.#ceiling === Number.POSITIVE_INFINITY) this.#learn();
        else
          this.#perMinute = Math.max(
            1,
            Math.min(this.#perMinute - 1, this.#servedBefore(now) || this.#perMinute >> 1),
          );
      }
    }
    const until = now + (asked ?? (isNew ? rateLimitPause(this.#clock.random()) : 0));
    if (until > this.#pausedUntil) {
      this.#pausedUntil = until;
      this.#askedFor = askedFor !== undefined && askedFor > longestPause ? askedFor : undefined;
    }
    return isNew;
  }

  /** The wait that is obeyed when the server asks for one. Undefined if that was too short before. */
  #credible(asked: number, isNew: boolean): number | undefined {
    const least = backoff(this.#shortWaits, this.#clock.random());
    if (asked >= least || !isNew) return Math.min(asked, longestPause);
    const wasRefusedAgain = this.#shortWaits > 0 && !this.#served.some((at) => at >= this.#pausedUntil);
    this.#shortWaits++;
    return wasRefusedAgain ? undefined : least;
  }

  #servedBefore(time: number): number {
    return this.#served.filter((at) => at > time - minute && at <= time).length;
  }

  #learn(): void {
    this.#ceiling = Math.max(cautiousPerMinute, this.#servedBefore(this.#lastIncident) - 1);
    this.#perMinute = this.#ceiling;
  }

  #forget(): void {
    this.#lastIncident = longAgo;
    this.#served.length = 0;
    this.#gap = 0;
    this.#shortWaits = 0;
    this.#askedFor = undefined;
    this.#perMinute = this.#ceiling = Number.POSITIVE_INFINITY;
  }
}
