import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launch, type RunningServer } from '../../host/vscode/launch';
import { isRunning } from '../../host/vscode/processGroup';
import type { Run } from '../../host/vscode/run';
import type { Server } from '../../host/vscode/server';

const server: Server = { lane: 'oldest', version: '1.0.0', main: join(__dirname, 'fakeServer.js') };

describe('a started server', function () {
  this.timeout(30_000);
  let run: Run;
  const undos: (() => Promise<void>)[] = [];
  beforeEach(async () => {
    run = {
      folder: await mkdtemp(join(tmpdir(), 'cp-')),
      atEnd: (undo) => void undos.push(undo),
      stopping: false,
    };
  });
  afterEach(async () => {
    for (const undo of undos.splice(0)) await undo();
    await rm(run.folder, { recursive: true, force: true });
  });

  async function ask(running: RunningServer) {
    const answer = await fetch(running.origin);
    return (await answer.json()) as { arguments: string[]; env: Record<string, string>; group: number };
  }

  it('listens on the loopback interface alone, with a token of its own', async () => {
    const { arguments: args } = await ask(await launch({ server, run }));
    assert.equal(args[args.indexOf('--host') + 1], '127.0.0.1');
    const tokenFile = args[args.indexOf('--connection-token-file') + 1] ?? '';
    assert.match(await readFile(tokenFile, 'utf8'), /^[0-9a-f]{32}$/);
    assert.equal((await stat(tokenFile)).mode & 0o777, 0o600);
    assert.ok(!args.includes('--enable-smoke-test-driver'));
  });

  it('asks no gallery, and puts its sockets into the run’s folder', async () => {
    const { env } = await ask(await launch({ server, run, env: { EXTRA: 'given' } }));
    assert.equal(env.EXTENSIONS_GALLERY, '{"serviceUrl":""}');
    assert.equal(env.XDG_RUNTIME_DIR, run.folder);
    assert.ok(env.TMPDIR?.startsWith(run.folder));
    assert.equal(env.EXTRA, 'given');
  });

  it('is not taken for a part of the VS Code that it may be started from', async () => {
    process.env.VSCODE_IPC_HOOK_CLI = '/somewhere';
    try {
      const { env } = await ask(await launch({ server, run }));
      assert.equal(env.VSCODE_IPC_HOOK_CLI, undefined);
    } finally {
      delete process.env.VSCODE_IPC_HOOK_CLI;
    }
  });

  it('ends with every process it started, also those that do not want to', async () => {
    const running = await launch({ server, run, env: { STUBBORN: 'yes' } });
    const { group } = await ask(running);
    assert.equal(isRunning(group), true);
    await running.stop();
    assert.equal(isRunning(group), false);
    await running.ended;
    await running.stop();
  });

  it('is started again on the same port, token and data', async () => {
    const first = await launch({ server, run, settings: { kept: 1 } });
    await first.stop();
    const second = await launch({ server, run, port: first.port });
    assert.equal(second.origin, first.origin);
    assert.equal(second.token, first.token);
    assert.equal(second.dataFolder, first.dataFolder);
  });

  it('has the quiet settings, and those given', async () => {
    const running = await launch({ server, run, settings: { given: 1 } });
    const settings = JSON.parse(await readFile(running.settingsFile, 'utf8'));
    assert.equal(settings.given, 1);
    assert.equal(settings['workbench.startupEditor'], 'none');
  });

  it('says what it printed when it does not start', async () => {
    const broken = { ...server, main: join(__dirname, 'noServer.js') };
    await assert.rejects(launch({ server: broken, run }), /did not start. It printed:.*Cannot find module/s);
  });

  describe('when the workbench asks for its half of the key to secrets', () => {
    const mint = (running: RunningServer, headers = {}, method = 'POST') =>
      fetch(`${running.origin}mint-key`, { method, headers });

    it('gives 32 bytes, the same ones after a restart, from a file nobody else can read', async () => {
      const first = await launch({ server, run });
      const headers = { cookie: `vscode-tkn=${first.token}` };
      const key = Buffer.from(await (await mint(first, headers)).arrayBuffer());
      assert.equal(key.length, 32);
      assert.equal((await stat(join(first.dataFolder, 'secrets-key'))).mode & 0o777, 0o600);
      await first.stop();
      const second = await launch({ server, run, port: first.port });
      assert.deepEqual(Buffer.from(await (await mint(second, headers)).arrayBuffer()), key);
    });

    it('gives nothing to a page that does not know the token', async () => {
      const running = await launch({ server, run });
      assert.equal((await mint(running)).status, 403);
      assert.equal((await mint(running, { cookie: 'vscode-tkn=guessed' })).status, 403);
    });

    it('leaves every other request to VS Code', async () => {
      const running = await launch({ server, run });
      const answer = await mint(running, {}, 'GET');
      assert.equal(((await answer.json()) as { url: string }).url, '/mint-key');
    });
  });
});
