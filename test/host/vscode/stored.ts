import type { Page } from 'playwright-core';

/**
 * Script that runs before those of the page. Observes the delay after which the workbench writes its changes (including
 * an extension's `globalState`) to the browser's storage, and each write. VS Code reports neither, and does not flush
 * when a page closes.
 */
const watch = `(() => {
  const delay = 100;
  const due = new Set();
  let writing = 0;
  const waiting = [];
  const { setTimeout: begin, clearTimeout: cancel } = window;
  // The writes that follow a delay start before the next turn.
  const look = () => begin(() => {
    if (due.size > 0 || writing > 0) return;
    for (const done of waiting.splice(0)) done();
  }, 0);
  window.setTimeout = (act, after, ...rest) => {
    if (after !== delay || typeof act !== 'function') return begin(act, after, ...rest);
    const timer = begin(() => {
      due.delete(timer);
      look();
      act(...rest);
    }, after);
    due.add(timer);
    return timer;
  };
  window.clearTimeout = (timer) => {
    if (due.delete(timer)) look();
    cancel(timer);
  };
  const { transaction } = IDBDatabase.prototype;
  IDBDatabase.prototype.transaction = function (stores, mode, ...rest) {
    const begun = transaction.call(this, stores, mode, ...rest);
    if (mode !== 'readwrite') return begun;
    writing += 1;
    for (const end of ['complete', 'abort']) begun.addEventListener(end, () => { writing -= 1; look(); });
    return begun;
  };
  const { put } = IDBObjectStore.prototype;
  const values = new Map();
  IDBObjectStore.prototype.put = function (value, key) {
    if (typeof value === 'string') values.set(String(key), value);
    return put.call(this, value, key);
  };
  window.storedValues = () => [...values.values()].join('\\n');
  window.whenStored = () => new Promise((done) => { waiting.push(done); look(); });
})()`;

/** Call it before the page is opened, for {@link stored} and {@link storedValues}. */
export async function watchStoring(page: Page): Promise<void> {
  await page.addInitScript(watch);
}

/**
 * Resolves when the workbench of a page has written its state to the browser's storage, so that the page may be closed or
 * reloaded: no write is pending or in progress.
 */
export async function stored(page: Page): Promise<void> {
  await page.evaluate('window.whenStored()');
}

/** What the workbench of a page has written since it was opened. It writes open editors every few seconds. */
export function storedValues(page: Page): Promise<string> {
  return page.evaluate<string>('window.storedValues()');
}
