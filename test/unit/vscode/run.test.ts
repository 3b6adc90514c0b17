import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { isRunning } from '../../host/vscode/processGroup';

describe('a run', function () {
  this.timeout(30_000);

  /** Starts one and waits until it works. */
  async function started(...args: string[]): Promise<{ run: ChildProcess; folder: string; group: number }> {
    const run = spawn(process.execPath, [join(__dirname, 'runChild.js'), ...args], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const [line] = await once(run.stdout, 'data');
    return { run, ...JSON.parse(String(line)) };
  }

  for (const [signal, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)
    it(`leaves neither a process nor its folder when ${signal} ends it, even twice`, async () => {
      const { run, folder, group } = await started();
      run.kill(signal);
      run.kill(signal);
      assert.deepEqual(await once(run, 'exit'), [code, null]);
      assert.equal(existsSync(folder), false);
      assert.equal(isRunning(group), false);
    });

  it('leaves nothing when it fails', async () => {
    const { run, folder, group } = await started('fail');
    assert.deepEqual(await once(run, 'exit'), [1, null]);
    assert.equal(existsSync(folder), false);
    assert.equal(isRunning(group), false);
  });

  it('leaves nothing when it is killed', async () => {
    const { run, folder, group } = await started();
    run.kill('SIGKILL');
    // No process is left to report the end, so it is polled.
    while (existsSync(folder) || isRunning(group)) await pause(20);
  });
});
