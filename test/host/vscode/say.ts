/** Prints progress to stderr, because stdout has only the report of the tests. */
export function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** The time since `performance.now()` returned a value, as "4 s" or "0.4 s". */
export function secondsSince(start: number): string {
  const seconds = (performance.now() - start) / 1000;
  return `${seconds < 10 ? seconds.toFixed(1) : Math.round(seconds)} s`;
}
