import assert from 'node:assert/strict';

/** Asserts that a text contains each of the sentences, whatever else it says. */
export function assertSays(text: string | undefined, ...sentences: readonly string[]): void {
  for (const sentence of sentences)
    assert.ok(text?.includes(sentence), `Expected “${sentence}” in “${text}”`);
}
