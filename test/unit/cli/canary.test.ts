import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { redacted } from '../../../src/text/redact';
import { faults } from '../../emulator';
import { accessFile, startAcme, support } from './acme';
import { startTool, type ToolRun } from './installed';
import { useInstalledTool, useStage } from './stage';

/** No real key, and of no form that a scanner takes for one. It is easy to find, whole or in part. */
const canary = 'canary-Zq4v9Xw7Ky2Tb8Nc6Rd3';

/** The parts of a key that may not appear either. */
const parts = [
  canary,
  canary.slice(8, 20),
  encodeURIComponent(canary),
  Buffer.from(canary).toString('base64'),
];

function assertNoKey(text: string, where: string): void {
  for (const part of parts) assert.ok(!text.includes(part), `${where} has ${part}`);
}

async function filesUnder(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
}

describe('the key of the command-line tool', () => {
  const stage = useStage({ adminAPIKey: canary });

  useInstalledTool();

  const changing = () => {
    const { b, d } = stage.acme.projects;
    const grants = [
      { project: b, until: '2020-01-31' },
      { project: d, reason: 'TICK-1' },
    ];
    return accessFile({ [support]: { ownership: 'exact', grants } });
  };

  async function assertClean({ stdout, stderr }: ToolRun, args: readonly string[]): Promise<void> {
    assertNoKey(stdout, `the output of ${args.join(' ')}`);
    assertNoKey(stderr, `the errors of ${args.join(' ')}`);
    for (const file of await filesUnder(stage.workplace.folder))
      assertNoKey(await readFile(file, 'utf8'), file);
  }

  it('is in no output and no file, whatever the command, the format, and the failure', async () => {
    const summary = { GITHUB_STEP_SUMMARY: stage.workplace.path('summary.md') };
    await stage.workplace.write(changing());
    const commands = [
      ['validate', '--online'],
      ['plan', '--out', 'plan.json', '--verbose'],
      ['drift', '--strict', '--format', 'github'],
      ['apply', 'plan.json', '--yes', '--verbose', '--format', 'json'],
      ['expire', '--yes', '--format', 'markdown'],
      ['fmt', '--names'],
      ['init', '--force'],
      ['nonsense'],
    ];
    for (const args of commands) await assertClean(await stage.workplace.run(args, summary), args);
    // A server that repeats the key, in every place that is shown.
    const echo = {
      error: { message: `Incorrect API key provided: ${canary}`, type: 'x', code: canary, param: canary },
    };
    await stage.workplace.write(changing());
    for (const status of [400, 401, 403, 404, 409]) {
      const headers = { 'x-request-id': canary, 'openai-organization': canary };
      stage.acme.emulator.fail(undefined, faults.status(status, { body: echo, headers }));
      for (const args of [
        ['plan', '--verbose'],
        ['plan', '--format', 'json'],
        ['init', '--force'],
      ]) {
        const run = await stage.workplace.run(args);
        assert.ok([1, 3].includes(run.code ?? 0), run.stdout);
        await assertClean(run, args);
      }
    }
  });

  it('is not shown when names and the file have it, which an outsider could have made', async () => {
    const { id } = stage.acme.emulator.organization.state.addProject(`named ${canary}`);
    const file = (reason: string) =>
      accessFile({ [support]: { ownership: 'exact', grants: [{ project: id, reason }] } });
    for (const [reason, code] of [
      ['TICK-1', 2],
      [`because ${canary}`, 1],
    ] as const) {
      await stage.workplace.write(file(reason));
      for (const format of ['text', 'json', 'markdown', 'github']) {
        const run = await stage.workplace.run(['plan', '--format', format]);
        assert.equal(run.code, code);
        assertNoKey(run.stdout, format);
        assertNoKey(run.stderr, format);
        if (code === 2 && format !== 'markdown') assert.ok(run.stdout.includes(redacted), run.stdout);
      }
    }
  });

  it('is in no file that the tool writes for others', async () => {
    const { id } = stage.acme.emulator.organization.state.addProject(`named ${canary}`);
    const shared = stage.acme.emulator.organization.state.checkpoints.get(support);
    assert.ok(shared);
    stage.acme.emulator.organization.state.addPermission(shared, id);
    const run = await stage.workplace.run(['init']);
    assert.equal(run.code, 0, run.stdout);
    await assertClean(run, ['init']);
  });

  if (process.platform === 'linux')
    it('is no argument of the process or of any other, and none is started', async () => {
      await stage.workplace.write(changing());
      const gate = stage.acme.emulator.hold('permissions.list');
      const running = await stage.workplace.start(['plan']);
      await stage.acme.emulator.requested(1, 'permissions.list');
      const { pid } = running.child;
      const of = (name: string) => readFile(`/proc/${pid}/${name}`, 'utf8');
      assertNoKey(await of('cmdline'), 'the command line');
      assertNoKey(await of('task/'.concat(String(pid), '/comm')), 'the title');
      const children = await of(`task/${pid}/children`).catch(() => '');
      assert.equal(children.trim(), '');
      gate.release();
      await running.ended;
    });

  it('is sent to the base URL of the run and nowhere else, not even after a redirect', async () => {
    const other = await startAcme();
    try {
      await stage.workplace.write(changing());
      stage.acme.emulator.fail(undefined, faults.redirect(`${other.emulator.baseURL}/organization/projects`));
      const run = await stage.workplace.run(['plan']);
      assert.equal(run.code, 1);
      assert.equal(other.emulator.requests.length, 0);
    } finally {
      await other.emulator.stop();
    }
  });

  it('goes through no proxy to this computer, and to a proxy only what is asked of it', async () => {
    await stage.workplace.write(changing());
    const proxy = { HTTPS_PROXY: 'http://127.0.0.1:9', HTTP_PROXY: 'http://127.0.0.1:9' };
    assert.equal((await stage.workplace.run(['plan'], proxy)).code, 2);
    // Past a proxy that is not there, no other way is tried.
    const { folder } = stage.workplace;
    const env = { OPENAI_ADMIN_KEY: canary, ...proxy };
    const away = await startTool(['plan', '--base-url', 'https://api.invalid/v1', '--format', 'json'], {
      folder,
      env,
    });
    const run = await away.ended;
    assert.equal(run.code, 1);
    const [message] = JSON.parse(run.stdout).messages;
    assert.equal(message.kind, 'connection');
    assert.match(message.message, /HTTPS_PROXY/);
  });
});
