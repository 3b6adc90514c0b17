import { setTimeout as pause } from 'node:timers/promises';
import { steadyNow } from '../../text/steadyClock';
import { codeOf, type JournalStorage } from './storage';

/** So often, in milliseconds, whoever holds a plan changes its heartbeat, and whoever waits for it looks. */
export const beatEvery = 2000;

/** A heartbeat that has not changed for so long, in milliseconds of looking at it, has stopped. */
export const stoppedAfter = 12_000;

/** Time as the journal needs it. No time of another machine, nor of a file, is ever compared with it. */
export interface Timing {
  /** Milliseconds that only ever grow. */
  readonly now: () => number;
  /** Resolves after so many milliseconds, or at once when the signal aborts. */
  readonly wait: (milliseconds: number, signal?: AbortSignal) => Promise<void>;
  /** Calls `act` again and again until the returned function is called. */
  readonly every: (milliseconds: number, act: () => void) => () => void;
}

/** The time of this process. Keeps no process from ending. */
export const realTiming: Timing = {
  now: steadyNow,
  wait: (milliseconds, signal) =>
    pause(milliseconds, undefined, { ref: false, ...(signal && { signal }) }).catch(() => undefined),
  every(milliseconds, act) {
    const timer = setInterval(act, milliseconds);
    timer.unref();
    return () => clearInterval(timer);
  },
};

/** Keeps a file changing until it is told to stop, or the file is gone. Failures are not this function's to tell. */
export async function beat(
  storage: JournalStorage,
  name: string,
  session: string,
  timing: Timing,
): Promise<() => void> {
  let count = 0;
  let isWriting = false;
  const write = async (make: boolean): Promise<void> => {
    isWriting = true;
    count += 1;
    const text = `${session} ${String(count).padStart(12, '0')}\n`;
    await storage
      .put(name, text, make)
      .catch((error: unknown) => {
        // Whoever removed it has taken the plan over, or removed its record.
        if (!make && codeOf(error) === 'ENOENT') stop();
      })
      .finally(() => {
        isWriting = false;
      });
  };
  let stop = (): void => undefined;
  await write(true);
  stop = timing.every(beatEvery, () => {
    if (!isWriting) void write(false);
  });
  return () => stop();
}

/** What is known of a heartbeat: it changes, it has stopped, or it was not looked at for long enough. */
export type Pulse = 'changing' | 'stopped' | 'unsure';

/**
 * Remembers what was seen of heartbeats. Only that one changes counts, never how old it is: clocks of two machines
 * differ, and are set.
 */
export class Pulses {
  readonly #seen = new Map<string, { text: string; at: number; unchanged: number; hasChanged: boolean }>();

  /** `text`: what is there at the moment `now`, a {@link Timing.now}. */
  look(name: string, text: string, now: number): Pulse {
    const seen = this.#seen.get(name);
    if (seen?.text !== text) {
      this.#seen.set(name, { text, at: now, unchanged: 0, hasChanged: seen !== undefined });
      return seen ? 'changing' : 'unsure';
    }
    // A look counts for no more than the time between two: a computer that slept in between has not been looking.
    seen.unchanged += Math.min(now - seen.at, beatEvery);
    seen.at = now;
    if (seen.unchanged >= stoppedAfter) return 'stopped';
    return seen.hasChanged ? 'changing' : 'unsure';
  }

  /** Forgets what was seen of all others. */
  keep(names: ReadonlySet<string>): void {
    for (const name of this.#seen.keys()) if (!names.has(name)) this.#seen.delete(name);
  }
}
