#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { rememberKey } from '../text/redact';
import { runTool } from './cli';

const keyVariable = 'OPENAI_ADMIN_KEY';

/** The key, which no other part of this process, and no process that it starts, can get from the environment then. */
function takeKey(): string | undefined {
  const key = process.env[keyVariable]?.trim();
  delete process.env[keyVariable];
  if (!key) return undefined;
  rememberKey(key);
  return key;
}

function version(): string {
  const text = readFileSync(join(__dirname, '..', 'package.json'), 'utf8');
  return String((JSON.parse(text) as { version?: unknown }).version);
}

/** Windows has no SIGTERM, and ignores it. */
const signals = ['SIGINT', 'SIGTERM'] as const;

async function main(): Promise<void> {
  // Whoever reads the output may have gone. What was begun is still finished.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  process.exitCode = await runTool({
    args: process.argv.slice(2),
    key: takeKey(),
    env: process.env,
    folder: process.cwd(),
    stdout: process.stdout,
    stderr: process.stderr,
    onSignal(listener) {
      let isHungUp = false;
      // The shell and the system both tell the end of a terminal. A second signal would end the run.
      const hangUp = (): void => {
        if (!isHungUp) listener();
        isHungUp = true;
      };
      for (const signal of signals) process.on(signal, listener);
      process.on('SIGHUP', hangUp);
      return () => {
        for (const signal of signals) process.off(signal, listener);
        process.off('SIGHUP', hangUp);
      };
    },
    version,
  });
}

void main();
