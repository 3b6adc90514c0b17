import assert from 'node:assert/strict';
import { once } from 'node:events';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import * as vscode from 'vscode';
import { APIConnectionError, type ConnectionFailure } from '../../src/openai';
import type { FailureNode, Node } from '../../src/views/shared/nodes';
import { explain } from '../../src/words/errors';
import { deadOrigin } from '../unit/openai/support/server';
import { run } from './support/extension';
import {
  basic,
  credentials,
  host,
  type ListeningProxy,
  listeningProxy,
  secureGateway,
  setUserSetting,
  useProxiedStage,
  withCredentials,
} from './support/proxy';

const sentencesOf = (kind: ConnectionFailure): [what: string, next: string] => {
  const { what, next } = explain(new APIConnectionError({ kind }));
  return [what, next];
};

describe('a proxy in the settings', () => {
  const stage = useProxiedStage(3);

  const setProxy = (url = stage.proxy.url(credentials)) => setUserSetting('http.proxy', url);
  const granted = ['permission', 'permission', 'permission'];
  const kinds = (rows: readonly Node[]) => rows.map(({ kind }) => kind);
  const expand = async () => (await stage.scene.expand()).rows;

  async function readAgain(): Promise<readonly Node[]> {
    const { node } = await stage.scene.expand();
    await run('refreshCheckpoint', node);
    return expand();
  }

  function failureAmong(rows: readonly Node[]): FailureNode {
    const failures = rows.filter((row): row is FailureNode => row.kind === 'failure');
    assert.equal(failures.length, 1, kinds(rows).join());
    return failures[0] as FailureNode;
  }

  function assertHeardNoKey({ heard }: ListeningProxy): void {
    const { adminAPIKey } = stage.scene.emulator;
    const encoded = Buffer.from(adminAPIKey).toString('base64').replace(/=+$/, '');
    for (const secret of [adminAPIKey, encoded, 'Bearer'])
      assert.ok(!heard().includes(secret), `the proxy heard “${secret}”`);
  }

  it('is used by the commands and the tree, with its credentials, and can’t read their requests', async () => {
    const { scene, person, proxy } = stage;
    await setProxy();
    await stage.useGateway();
    person.types(scene.emulator.adminAPIKey);
    await run('setAdminKey');
    const { node, rows } = await scene.expand();
    assert.deepEqual(kinds(rows), granted);
    person.types(scene.newProject()).presses('Grant');
    await run('grant', node);
    const [revoked] = await expand();
    person.presses('Revoke');
    await run('revoke', revoked);

    assert.deepEqual(scene.sent.slice(0, 2), ['GET adminAPIKeys.list', 'GET permissions.list']);
    assert.deepEqual(scene.changes, ['POST permissions.create', 'DELETE permissions.delete']);
    for (const { authorization, headers } of scene.emulator.requests) {
      assert.equal(authorization, `Bearer ${scene.emulator.adminAPIKey}`);
      assert.equal(headers.host, host);
      assert.equal(headers['proxy-authorization'], undefined);
    }
    assert.ok(proxy.connects.length > 0);
    for (const connect of proxy.connects)
      assert.deepEqual(connect, { target: `${host}:443`, authorization: basic() });
    assert.deepEqual(proxy.others, []);
    assert.ok(proxy.heard().startsWith(`CONNECT ${host}:443`), 'what it was sent is listened to');
    assertHeardNoKey(proxy);
  });

  it('gets the authorization of http.proxyAuthorization, if set', async () => {
    await setProxy(stage.proxy.url());
    await setUserSetting('http.proxyAuthorization', basic());
    await stage.useGateway();
    assert.deepEqual(kinds(await expand()), granted);
    assert.deepEqual(
      stage.proxy.connects.map(({ authorization }) => authorization),
      [basic()],
    );
  });

  it('is taken from the environment if the settings have none', async () => {
    process.env.HTTPS_PROXY = stage.proxy.url(credentials);
    await stage.useGateway();
    assert.deepEqual(kinds(await expand()), granted);
    assert.equal(stage.proxy.connects.length, 1);
  });

  const ways: Readonly<Record<string, readonly [id: string, value: unknown]>> = {
    'http.noProxy names the host': ['http.noProxy', ['elsewhere.test', host]],
    'http.proxySupport is off': ['http.proxySupport', 'off'],
  };
  for (const [what, [id, value]] of Object.entries(ways))
    it(`sees nothing when ${what}, from the next request on, and is used again after it`, async () => {
      const { scene, proxy } = stage;
      await setProxy();
      await stage.useGateway();
      assert.deepEqual(kinds(await expand()), granted);
      const heard = proxy.heard().length;
      assert.deepEqual([proxy.connects.length, scene.sent.length], [1, 1]);

      await setUserSetting(id, value);
      const { what: said, next } = failureAmong(await readAgain());
      assert.deepEqual([said, next], sentencesOf('dns'));
      assert.equal(proxy.heard().length, heard);
      assert.deepEqual([proxy.connects.length, scene.sent.length], [1, 1]);

      await setUserSetting(id, undefined);
      assert.deepEqual(kinds(await readAgain()), granted);
      assert.deepEqual([proxy.connects.length, scene.sent.length], [2, 2]);
    });

  it('is replaced by another one from the next request on', async () => {
    const other = await listeningProxy(await secureGateway(stage.scene.emulator));
    await setProxy();
    await stage.useGateway();
    await expand();
    await setProxy(other.url());
    assert.deepEqual(kinds(await readAgain()), granted);
    assert.deepEqual([stage.proxy.connects.length, other.connects.length], [1, 1]);
    assert.equal(other.connects[0]?.authorization, undefined, 'it is not given what is for the first one');
  });

  describe('that fails', () => {
    const wrong = { user: 'another clerk', password: 'another password' };
    const failures: Readonly<
      Record<string, { url(): string | Promise<string>; kind: ConnectionFailure; code: string }>
    > = {
      'because nothing listens there': {
        url: async () => withCredentials(await deadOrigin(), wrong),
        kind: 'proxy',
        code: 'PROXY_ECONNREFUSED',
      },
      'because the credentials are wrong': {
        url: () => stage.proxy.url(wrong),
        kind: 'proxyAuth',
        code: 'PROXY_AUTH_REQUIRED',
      },
      'because there are no credentials': {
        url: () => stage.proxy.url(),
        kind: 'proxyAuth',
        code: 'PROXY_AUTH_REQUIRED',
      },
    };

    let restoreLog = () => {};
    afterEach(() => restoreLog());

    /** Lines that the log's channel gets from now on, after redaction. */
    function listenToLog(): string[] {
      const lines: string[] = [];
      const keep = (line: string) => lines.push(line);
      const log = stage.scene.services.log as unknown as { channel: object };
      const { channel } = log;
      log.channel = { ...channel, info: keep, warn: keep, error: keep };
      restoreLog = () => {
        log.channel = channel;
      };
      return lines;
    }

    /** Every text of a row, also for screen readers. */
    function textOf(row: FailureNode): string {
      const { tree } = stage.scene.services;
      const item = tree.getTreeItem(row);
      const { label, description, accessibilityInformation } = item;
      const tooltip = tree.resolveTreeItem(item, row).tooltip as vscode.MarkdownString;
      const inFull = tooltip.value.replace(/\\(.)/g, '$1').replaceAll('&nbsp;', ' ');
      return [label, description, accessibilityInformation?.label, inFull].join('\n');
    }

    for (const [why, { url, kind, code }] of Object.entries(failures))
      it(`${why}, is a row that names the setting; no key gets out and no credentials are shown`, async () => {
        const { scene, person, proxy } = stage;
        const { adminAPIKey } = scene.emulator;
        const lines = listenToLog();
        await setProxy(await url());
        await stage.useGateway();
        const row = failureAmong(await expand());
        assert.deepEqual([row.what, row.next], sentencesOf(kind));
        assert.match(row.next, /\bthe Http: Proxy setting\b/);
        person.types(adminAPIKey);
        await run('setAdminKey');

        const inView = textOf(row);
        const messages = JSON.stringify(person.shown);
        const log = lines.join('\n');
        assert.match(messages, /The admin API key wasn't saved/);
        const secrets = [credentials, wrong].flatMap((each) => [
          each.user,
          each.password,
          encodeURIComponent(each.user),
          encodeURIComponent(each.password),
          basic(each).slice('Basic '.length),
        ]);
        for (const text of [inView, messages, log]) {
          assert.ok(text.includes(code), text);
          for (const secret of [adminAPIKey, ...secrets])
            assert.ok(!text.includes(secret), `“${secret}” is shown in “${text}”`);
        }
        assert.deepEqual(scene.sent, []);
        assertHeardNoKey(proxy);
      });
  });

  describe('in front of a certificate that is not trusted', () => {
    beforeEach(async () => {
      await setProxy();
      await stage.useGateway();
      await stage.distrustGateway();
    });

    it('doesn’t get the key, and the row names the setting', async () => {
      const row = failureAmong(await expand());
      assert.deepEqual([row.what, row.next], sentencesOf('certificate'));
      assert.match(row.next, /\bthe Http: System Certificates setting\b/);
      assert.ok(stage.proxy.connects.length > 0);
      assert.deepEqual(stage.scene.sent, []);
      assertHeardNoKey(stage.proxy);
    });

    it('is used after the user turned http.proxyStrictSSL off', async () => {
      await setUserSetting('http.proxyStrictSSL', false);
      assert.deepEqual(kinds(await expand()), granted);
      assertHeardNoKey(stage.proxy);
    });
  });

  it('is not used for loopback: the organization on 127.0.0.1 is reached directly', async () => {
    const { scene } = stage;
    const proxy = await listeningProxy(scene.emulator.origin);
    await setProxy(proxy.url());
    process.env.HTTP_PROXY = proxy.url();
    assert.deepEqual(kinds(await expand()), granted);
    assert.deepEqual(scene.sent, ['GET permissions.list']);
    assert.deepEqual(proxy.connects, []);
    assert.equal(proxy.heard(), '');
  });

  it("leaves the host's own dispatcher and fetch as they were, whichever way requests took", async () => {
    const { scene, proxy } = stage;
    const slots = [1, 2].map((version) => Symbol.for(`undici.globalDispatcher.${version}`));
    const inUse = () => [...slots.map((slot): unknown => Reflect.get(globalThis, slot)), globalThis.fetch];
    // The host's fetch creates its dispatcher on first use.
    assert.equal((await fetch(scene.emulator.baseURL)).status, 404);
    const before = inUse();
    assert.ok(before.some((each) => each instanceof Object && 'dispatch' in each));

    await stage.useGateway();
    await setProxy();
    assert.deepEqual(kinds(await expand()), granted);
    // The second way is the host's fetch, which is used if a proxy needs more than basic authentication.
    for (const url of [proxy.url(), 'socks5://127.0.0.1:1']) {
      await setProxy(url);
      failureAmong(await readAgain());
    }
    for (const [index, each] of inUse().entries()) assert.equal(each, before[index]);
    assert.equal((await fetch(scene.emulator.baseURL)).status, 404);
  });

  it('needs no dispatcher of the whole process: where there is none yet, the transport makes none', async () => {
    const extension = vscode.extensions.getExtension('checkpoint-permissions.checkpoint-permissions');
    const transport = join(extension?.extensionPath ?? '', 'dist/undici-transport.js');
    // A thread has its own globals, and fetch was never used in this one.
    const slots = `[1, 2].map((version) => typeof globalThis[Symbol.for('undici.globalDispatcher.' + version)])`;
    const script = `
      const { parentPort, workerData } = require('node:worker_threads');
      const before = ${slots};
      const { createUndiciTransport } = require(workerData);
      createUndiciTransport();
      parentPort.postMessage({ before, after: ${slots} });`;
    const [seen] = await once(new Worker(script, { eval: true, workerData: transport }), 'message');
    const none = ['undefined', 'undefined'];
    assert.deepEqual(seen, { before: none, after: none });
  });
});
