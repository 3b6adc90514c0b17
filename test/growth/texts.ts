/** Times below are too short to be measured, in milliseconds. */
const leastTime = 20;
/** The longest text, in UTF-16 code units: a function that is this fast takes no time. */
const mostLength = 4 * 1024 * 1024;
/** Twice the text may take this many times the time. The square would be 4. */
const mostGrowth = 2.5;
const rounds = 5;
/** Where growth is measured again, as multiples of the first length. */
const elsewhere = [1 / 2, 2, 1 / 4];

export interface Growth {
  /** The length of the shorter text, in UTF-16 code units. */
  readonly length: number;
  /** The best times for it and for twice the text, in milliseconds. */
  readonly once: number;
  readonly twice: number;
  readonly isLinear: boolean;
}

/**
 * How the time of `work` grows with its text: the time for a text that takes at least 20 ms, and for twice that text,
 * each the best of five. A text of 4 MB that takes less is fast enough. It is the time of the processor, so that other
 * programs do not count. Caches, the garbage collector, and whoever shares them make single doublings steeper, so growth
 * counts only if several are too steep, shorter ones included, as they are with the square.
 */
export function growthOf(work: (text: string) => unknown, textOf: (length: number) => string): Growth {
  for (let length = 64 * 1024; ; length = Math.min(length * 4, mostLength)) {
    const first = doubled(work, textOf, length, leastTime);
    const isShort = first.once < leastTime;
    if (isShort && length < mostLength) continue;
    if (isShort || first.isLinear) return { ...first, isLinear: true };
    let last = first;
    for (const times of elsewhere) {
      last = doubled(work, textOf, Math.min(length * times, mostLength / 2), 0);
      if (last.isLinear) break;
    }
    return last;
  }
}

/** The times for a text and for twice that text. The latter is not measured if the text takes less than `least`. */
function doubled(
  work: (text: string) => unknown,
  textOf: (length: number) => string,
  length: number,
  least: number,
): Growth {
  const text = flat(textOf(length));
  let once = timeOf(work, text);
  let twice = Number.POSITIVE_INFINITY;
  if (once >= least) {
    const double = flat(textOf(length * 2));
    for (let round = 0; round < rounds && (round === 0 || twice > once * mostGrowth); round += 1) {
      if (round > 0) once = Math.min(once, timeOf(work, text));
      twice = Math.min(twice, timeOf(work, double));
    }
  }
  return { length, once, twice, isLinear: twice <= once * mostGrowth };
}

/** V8 puts a repeated text together when it is first read, which is not to be measured. */
function flat(text: string): string {
  text.charCodeAt(text.length - 1);
  return text;
}

function timeOf(work: (text: string) => unknown, text: string): number {
  const start = process.cpuUsage();
  work(text);
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}
