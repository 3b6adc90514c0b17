import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { expect } from '../../ui/workbench/expect';
import {
  endTest,
  gestures,
  repeatsInWords,
  repeatsSoFar,
  waits,
  watchGestures,
} from '../../ui/workbench/gestures';
import { mostRepeats, repeatsIn } from '../../ui/workbench/repeats';

type Methods = Record<string, () => Promise<void>>;

describe('gestures of the UI tests', () => {
  /** Whether the next gestures and waits fail. */
  let isFailing = false;
  const act = async (): Promise<void> => {
    if (isFailing) throw new Error('Timeout exceeded.');
  };
  const made = (kind: string): Methods => {
    const names = [...(gestures[kind] ?? []), ...(waits[kind] ?? [])];
    return Object.create(Object.fromEntries(names.map((name) => [name, act])));
  };
  const row = made('Locator');
  const page = Object.assign(made('Page'), {
    keyboard: made('Keyboard'),
    mouse: made('Mouse'),
    locator: () => row,
  });
  before(() => watchGestures(page as unknown as Page));
  beforeEach(() => {
    isFailing = false;
  });
  afterEach(() => endTest('', false));

  it('are no part of a look, which would repeat them', async () => {
    for (const look of [() => row.click?.(), () => page.keyboard.press?.(), () => page.mouse.wheel?.()])
      await assert.rejects(
        expect(async () => look(), Boolean, 'a row'),
        /must look only/,
      );
    await expect(
      async () => row.waitFor?.(),
      (seen) => seen === undefined,
      'a row',
    );
  });

  it('count as repeated where one was in vain and its test passed all the same', async () => {
    const before = repeatsSoFar().length;
    await row.click?.();
    endTest('a test without a fault', true);
    assert.equal(repeatsSoFar().length, before);
    isFailing = true;
    await row.click?.().catch(() => undefined);
    await row.waitFor?.().catch(() => undefined);
    const looks = expect(
      async () => 'none',
      (seen) => seen === 'one',
      'a row',
      0,
    );
    await looks.catch(() => undefined);
    endTest('a test that tried again', true);
    assert.deepEqual(
      repeatsSoFar()
        .slice(before)
        .map((each) => each.split(' ').slice(0, 6).join(' ')),
      ['a test that tried again: click', 'a test that tried again: waitFor', 'a test that tried again: a'],
    );
    await row.click?.().catch(() => undefined);
    endTest('a test that failed', false);
    assert.equal(repeatsSoFar().length, before + 3);
  });

  it('are said at the end, and too many fail the run', () => {
    const some = (count: number) => Array.from({ length: count }, (_, index) => `test ${index}: click`);
    assert.doesNotMatch(repeatsInWords(some(mostRepeats)), /fail/);
    assert.match(repeatsInWords(some(mostRepeats + 1)), /More than 5 fail the run\n {2}test 0: click/);
    for (const count of [0, 3, mostRepeats + 1]) {
      const lines = repeatsInWords(some(count)).split('\n');
      assert.deepEqual(
        lines.map(repeatsIn),
        [count, ...some(count).map(() => 0)],
        'what the lanes are summed by',
      );
    }
  });
});
