import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What `npm ci` says: the check of Node.js with the lines around it, what it added, and what it audited. */
const linesOfInstall = 8;

/** What npm says before a script: an empty line, its name, the command, an empty line. */
const linesOfScript = 4;

describe('npm run demo', () => {
  let demo: ChildProcess | undefined;
  after('end it', () => demo?.kill('SIGKILL'));

  it('prints an address that shows VS Code, after at most 15 lines with those of npm, and ends with Ctrl-C', async () => {
    const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'));
    // Silent steps, and then what is measured here.
    assert.deepEqual(scripts.demo.split(' && '), [
      'node checkNode.js',
      'npm run -s build',
      'npm run -s build:tests',
      'exec node out/test/demo/run.js',
    ]);
    const env = { ...process.env, DISPLAY: '', WAYLAND_DISPLAY: '' };
    demo = spawn(process.execPath, [join(__dirname, '../demo/run.js')], { env });
    let printed = '';
    const address = new Promise<string>((resolve, reject) => {
      const take = (part: Buffer): void => {
        printed += part.toString();
        const [found] = /http:\/\/127\.0\.0\.1:\d+\/\?tkn=\S+/.exec(printed) ?? [];
        if (found) resolve(found);
      };
      demo?.stdout?.on('data', take);
      demo?.stderr?.on('data', take);
      demo?.on('exit', () => reject(new Error(`It ended:\n${printed}`)));
    });
    const url = await address;
    const before = printed.slice(0, printed.indexOf(url)).split('\n').length - 1;
    const ofNpm = linesOfInstall + linesOfScript;
    assert.ok(before + ofNpm <= 15, printed);
    // The token becomes a cookie.
    const first = await fetch(url, { redirect: 'manual' });
    const [cookie = ''] = first.headers.get('set-cookie')?.split(';') ?? [];
    const shown = await fetch(new URL('/', url), { headers: { cookie } });
    assert.equal(shown.status, 200);
    assert.match(await shown.text(), /workbench/);
    const ended = new Promise((resolve) => demo?.on('exit', resolve));
    demo.kill('SIGINT');
    assert.equal(await ended, 0);
    await assert.rejects(fetch(url), 'nothing of it stays behind');
  });
});
