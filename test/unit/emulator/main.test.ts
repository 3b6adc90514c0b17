import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';

function run(...options: string[]) {
  const main = join(__dirname, '..', '..', 'emulator', 'main.js');
  return spawn(process.execPath, [main, ...options], { stdio: ['ignore', 'pipe', 'pipe'] });
}

describe('the emulator on the command line', () => {
  it('prints its base URL and key, serves, and ends at a signal', async () => {
    const child = run();
    try {
      const lines: string[] = [];
      for await (const line of createInterface(child.stdout)) if (lines.push(line) === 2) break;
      const baseURL = /^Base URL: (http:\/\/127\.0\.0\.1:\d+\/v1)$/.exec(lines[0] ?? '')?.[1];
      const key = /^Admin API key: (\S+) \(project API key: \S+\)$/.exec(lines[1] ?? '')?.[1];
      const answer = await fetch(`${baseURL}/organization/projects`, {
        headers: { authorization: `Bearer ${key}` },
      });
      assert.equal(answer.status, 200);
      await answer.json();
      child.kill('SIGINT');
      // Windows has no signals: there, a process is ended without being asked.
      const end = process.platform === 'win32' ? [null, 'SIGINT'] : [0, null];
      assert.deepEqual(await once(child, 'exit'), end);
    } finally {
      child.kill('SIGKILL');
    }
  });

  it('explains a port that is none', async () => {
    const child = run('--port', 'http');
    const [said] = await Promise.all([text(child.stderr), once(child, 'exit')]);
    assert.match(said, /--port takes a number from 0 to 65535, not "http"/);
    assert.equal(child.exitCode, 1);
  });

  it('serves another organization when asked to', async () => {
    const child = run('--organization', 'second');
    try {
      const lines: string[] = [];
      for await (const line of createInterface(child.stdout)) if (lines.push(line) === 2) break;
      const baseURL = /^Base URL: (\S+)$/.exec(lines[0] ?? '')?.[1];
      const key = /^Admin API key: (\S+) /.exec(lines[1] ?? '')?.[1];
      const headers = { authorization: `Bearer ${key}` };
      const answer = await fetch(`${baseURL}/organization/projects?limit=1`, { headers });
      const { data } = (await answer.json()) as { data: { name: string }[] };
      assert.equal(data[0]?.name, 'Discharge letters');
    } finally {
      child.kill('SIGKILL');
    }
  });

  it('explains an organization that is none', async () => {
    const child = run('--organization', 'third');
    const [said] = await Promise.all([text(child.stderr), once(child, 'exit')]);
    assert.match(said, /--organization takes one of first, second, large, not "third"/);
  });
});
