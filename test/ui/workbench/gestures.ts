import { AsyncLocalStorage } from 'node:async_hooks';
import type { Page } from 'playwright-core';
import { sumOfRepeats } from './repeats';

/** What a person does to a window, by the classes of Playwright. */
export const gestures: Readonly<Record<string, readonly string[]>> = {
  Locator: [
    'blur',
    'check',
    'clear',
    'click',
    'dblclick',
    'dispatchEvent',
    'dragTo',
    'fill',
    'focus',
    'hover',
    'press',
    'pressSequentially',
    'selectOption',
    'selectText',
    'setChecked',
    'tap',
    'type',
    'uncheck',
  ],
  Page: ['goBack', 'goto', 'reload', 'setViewportSize'],
  Keyboard: ['down', 'insertText', 'press', 'type', 'up'],
  Mouse: ['click', 'dblclick', 'down', 'move', 'up', 'wheel'],
};

/** What may be in vain besides them. */
export const waits: Readonly<Record<string, readonly string[]>> = { Locator: ['waitFor'] };

const looking = new AsyncLocalStorage<string>();
/** Of the test that runs. */
let inVain: string[] = [];
const repeats: string[] = [];
let isWatching = false;

/**
 * Watches what is done to the windows of this run, from the first one that is opened. A gesture or a wait that fails in a
 * test that passes was repeated, or something else was done instead: see {@link endTest}.
 */
export function watchGestures(page: Page): void {
  if (isWatching) return;
  isWatching = true;
  const { keyboard: Keyboard, mouse: Mouse } = page;
  const watched = { Locator: page.locator('body'), Page: page, Keyboard, Mouse };
  for (const [kind, one] of Object.entries(watched))
    for (const name of [...(gestures[kind] ?? []), ...(waits[kind] ?? [])])
      watch(Object.getPrototypeOf(one), name, gestures[kind]?.includes(name) ?? false);
}

type Method = (this: unknown, ...args: unknown[]) => Promise<unknown>;

function watch(prototype: Record<string, Method>, name: string, isGesture: boolean): void {
  const method = prototype[name];
  if (!method) throw new Error(`Playwright has no ${name} to watch.`);
  prototype[name] = async function (...args) {
    const what = looking.getStore();
    if (isGesture && what !== undefined)
      throw new Error(`What waits for ${what} must look only, but does this each time: ${name}`);
    try {
      return await method.apply(this, args);
    } catch (error) {
      noteInVain(`${name} ${String(this)}`);
      throw error;
    }
  };
}

/** Looks at the window without a gesture, which would be repeated with each look. `what`: what is waited for. */
export function withoutGestures<T>(what: string, look: () => Promise<T>): Promise<T> {
  return looking.run(what, look);
}

/** Notes that something failed, which counts unless the test fails for it. */
export function noteInVain(what: string): void {
  inVain.push(what);
}

/** Ends a test. What it did in vain counts as repeated if it passed all the same. */
export function endTest(title: string, isPassed: boolean): void {
  if (isPassed) repeats.push(...inVain.map((what) => `${title}: ${what}`));
  inVain = [];
}

/** What tests that passed did in vain so far, each with the name of the test. */
export function repeatsSoFar(): readonly string[] {
  return repeats;
}

/** The repeats of a run, in words. */
export function repeatsInWords(all: readonly string[]): string {
  return [sumOfRepeats(all.length), ...all.map((each) => `  ${each}`)].join('\n');
}
