import assert from 'node:assert/strict';
import fc from 'fast-check';
import { scannedIds } from '../../../../src/access/ids/scannedIds';
import { mayHaveIds, scannedInSteps } from '../../../../src/access/ids/scannedInSteps';
import { atOnce } from '../../../../src/access/slices';

const final = 'ft:gpt-4.1-2025-04-14:harbor-labs:bot:Aa1Bb2Cc';
const legacy = 'davinci:ft-acme-2023-08-24-16-25-55';
const azure = `gpt-4o-mini-2024-07-18.ft-${'0a'.repeat(16)}`;

describe('IDs that are looked for in steps', () => {
  const piece = fc.constantFrom(
    ...['ft:', ':', 'a', 'gpt-4.1', 'B7R9VjQd', ':ckpt-step-', '7', '-', '.', ' ', '/', 'draft', '\n'],
    ...[final, `${final}:ckpt-step-24`, legacy, azure, 'x'.repeat(30), 'davinci:ft-', '-2023-08-24-16-25-55'],
  );

  it('are those that are found at once, wherever the text is divided', () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), fc.integer({ min: 1, max: 80 }), (pieces, length) => {
        const text = pieces.join('');
        assert.deepEqual(atOnce(scannedInSteps(text, length)), scannedIds(text));
        if (scannedIds(text).length > 0) assert.ok(mayHaveIds(text));
      }),
      { numRuns: 1000 },
    );
  });

  it('are found across every place where a text is divided', () => {
    const text = `${'x'.repeat(50)} ${final},${legacy} ${azure}${' '.repeat(50)}`;
    for (let length = 1; length < text.length; length += 1)
      assert.deepEqual(atOnce(scannedInSteps(text, length)), scannedIds(text), String(length));
  });

  it('keep no one waiting in a long line', () => {
    const text = `${final} `.repeat(100_000);
    const steps = scannedInSteps(text);
    let longest = 0;
    for (let done: boolean | undefined = false; !done; ) {
      const began = process.cpuUsage();
      ({ done } = steps.next());
      const { user, system } = process.cpuUsage(began);
      // The last one puts them in order.
      if (!done) longest = Math.max(longest, (user + system) / 1000);
    }
    assert.ok(longest < 50, `${longest} ms`);
  });
});
