/** Tells the person at the terminal what is going on; to stderr, so that stdout holds the tests' report alone. */
export function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** "4 s" or "0.4 s", since a moment taken from `performance.now()`. */
export function secondsSince(start: number): string {
  const seconds = (performance.now() - start) / 1000;
  return `${seconds < 10 ? seconds.toFixed(1) : Math.round(seconds)} s`;
}
