/** The largest lead of the computer's clock, in milliseconds, that counts as drift. A larger one is a suspended computer. */
const drift = 1000;

/**
 * A clock for ages and waits, in milliseconds. It starts at the computer's time and never goes back: it ignores a
 * computer's clock that is set back, and follows one that is ahead, because a suspended computer's timer stands still.
 * So an age by this clock is never too low.
 */
export function steadyClock(
  wall: () => number = Date.now,
  elapsed: () => number = () => performance.now(),
): () => number {
  let start = wall() - elapsed();
  return () => {
    const passed = elapsed();
    const time = wall();
    if (time - (start + passed) > drift) start = time - passed;
    return Math.round(start + passed);
  };
}

/** The steady clock of this process. Moments of different processes compare only after {@link toDate}. */
export const steadyNow = steadyClock();

/** How far the steady clock is ahead of the computer's, in milliseconds. What counts as drift is none. */
function lead(): number {
  const ahead = steadyNow() - Date.now();
  return Math.abs(ahead) <= drift ? 0 : ahead;
}

/**
 * The date, in milliseconds since 1970 by the computer's clock, of a moment of {@link steadyNow}. The same number unless
 * the computer's clock was set back.
 */
export function toDate(moment: number): number {
  return moment - lead();
}

/**
 * The moment of {@link steadyNow} for a date of the computer's clock: what {@link toDate} was given. A date in the future
 * counts as now.
 */
export function fromDate(date: number): number {
  return Math.min(date + lead(), steadyNow());
}
