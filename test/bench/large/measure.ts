import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { LargeResult } from './result';

/** Measures in a VS Code of its own. @throws Error when that could not be had, or ended before it had measured */
export async function measureLarge(): Promise<LargeResult> {
  const child = spawn(process.execPath, [join(__dirname, 'run.js')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [said] = await Promise.all([text(child.stdout), once(child, 'exit')]);
  const line = said.split('\n').find((each) => each.startsWith('{"vscode":'));
  if (!line) throw new Error('A large organization could not be measured in VS Code.');
  return JSON.parse(line) as LargeResult;
}
