import { type Browser as Chromium, chromium } from 'playwright-core';
import { obtainBrowser } from './browser';
import type { Run } from './run';

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-dev-shm-usage',
];

/** Starts a headless Chromium, which ends with the run and with this process. */
export async function launchChromium(run: Run): Promise<Chromium> {
  const { executablePath, env } = await obtainBrowser();
  const browser = await chromium.launch({
    executablePath,
    args: flags,
    // Font and shader caches of the browser, which end with the run.
    env: { ...process.env, XDG_CACHE_HOME: run.folder, XDG_CONFIG_HOME: run.folder, ...env },
    // On a signal, the run cleans up in order; Playwright would end this process immediately.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  });
  run.atEnd(() => browser.close());
  return browser;
}
