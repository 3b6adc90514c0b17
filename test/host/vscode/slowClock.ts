/**
 * Makes the clock of this process, or of this page, start at a moment and nearly stand still, so that no date or age on a
 * screen depends on when, and on how fast a machine, a test runs. Timers don't change. It is sent to browsers, so it can't
 * use anything outside of it.
 *
 * @param start milliseconds since 1970
 */
export function slowDownClock(start: number): void {
  // A test of ten minutes is less than a second. It never stands still, because waits compare times.
  const slowness = 1000;
  const elapsed = performance.now.bind(performance);
  const began = elapsed();
  const passed = (): number => (elapsed() - began) / slowness;
  const now = (): number => Math.floor(start + passed());
  const RealDate = Date;
  globalThis.Date = new Proxy(RealDate, {
    construct: (target, parts, newTarget) =>
      Reflect.construct(target, parts.length === 0 ? [now()] : parts, newTarget),
    apply: () => new RealDate(now()).toString(),
    get: (target, name) => (name === 'now' ? now : Reflect.get(target, name)),
  });
  performance.now = () => began + passed();
}
