import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';

/** Polls a value that VS Code changes without an event, until it is the wanted one. Throws after 10 seconds. */
export async function eventually(look: () => unknown, wanted: unknown): Promise<void> {
  for (const end = performance.now() + 10_000; performance.now() < end; await pause(20)) {
    try {
      assert.deepEqual(look(), wanted);
      return;
    } catch {
      // Not yet.
    }
  }
  assert.deepEqual(look(), wanted);
}
