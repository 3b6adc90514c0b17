// What marks the sample organization, so that no one takes its data for real.

/** A line of a tooltip. */
export const sampleFact = 'Sample data: all of it is made up';

/** Beside a page's or a hover's subject. */
export const sampleNote = 'sample organization with made-up data';

/** Above the rows of a view. `name` is absent where another view says it. */
export function sampleMessage(name?: string): string {
  return name === undefined
    ? 'Sample organization. All of its data is made up.'
    : `Sample organization ${name}. All of its data is made up, and nothing leaves this window.`;
}
