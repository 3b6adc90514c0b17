import assert from 'node:assert/strict';
import type * as vscode from 'vscode';
import type { FailureNode, Node } from '../../src/views/nodes';
import { deadOrigin, endAll } from '../unit/openai/support/server';
import { run, Scene, setSetting } from './support/extension';
import { Person } from './support/person';
import {
  baseURL,
  basic,
  forgetProxyVariables,
  host,
  type ListeningProxy,
  listeningProxy,
  origin,
  restoreUserSettings,
  secureGateway,
  setUserSetting,
  trustGateway,
} from './support/proxy';

const user = 'clerk@harbor.test';
const password = 'pässword of the proxy';
const wrong = 'some other password';

describe('a proxy in the settings', () => {
  let scene: Scene;
  let person: Person;
  let proxy: ListeningProxy;
  let stopTrusting: () => void;
  let restoreVariables: () => void;
  let stopListening = () => {};

  before(async () => {
    scene = await Scene.begin();
  });
  after(() => scene.end());

  beforeEach(async () => {
    restoreVariables = forgetProxyVariables();
    await scene.reset(3);
    proxy = await listeningProxy(await secureGateway(scene.emulator), { user, password });
    stopTrusting = await trustGateway();
    await setSetting('baseUrl', baseURL);
    person = new Person();
    person.sitsDown();
  });
  afterEach(async () => {
    person.leaves();
    stopListening();
    stopTrusting();
    await restoreUserSettings();
    restoreVariables();
    await scene.forgetAll();
    await endAll();
  });

  /** Saves the key for the gateway, as it is after Set Admin Key… did. */
  const saveKey = () => scene.services.keys.set('default', { key: scene.emulator.adminAPIKey, origin });
  const setProxy = (url = proxy.url(user, password)) => setUserSetting('http.proxy', url);
  const kinds = (rows: readonly Node[]) => rows.map(({ kind }) => kind);
  const granted = ['permission', 'permission', 'permission'];

  async function readAgain(): Promise<readonly Node[]> {
    const { node } = await scene.expand();
    await run('refreshCheckpoint', node);
    return (await scene.expand()).rows;
  }

  /** The one failure among the rows under the checkpoint, and all that is shown and read aloud of it. */
  function failureAmong(rows: readonly Node[]): { row: FailureNode; text: string } {
    const failures = rows.filter((row): row is FailureNode => row.kind === 'failure');
    assert.equal(failures.length, 1, kinds(rows).join());
    const [row] = failures as [FailureNode];
    const { tree } = scene.services;
    const item = tree.getTreeItem(row);
    const tooltip = tree.resolveTreeItem(item, row).tooltip as vscode.MarkdownString | undefined;
    const inFull = tooltip?.value.replace(/\\(.)/g, '$1').replaceAll('&nbsp;', ' ');
    const text = [item.label, item.description, item.accessibilityInformation?.label, inFull].join('\n');
    return { row, text };
  }

  /** What the log's channel is given from now on, which is behind the redaction. */
  function listenToLog(): string[] {
    const lines: string[] = [];
    const keep = (line: string) => lines.push(line);
    const log = scene.services.log as unknown as { channel: object };
    const { channel } = log;
    log.channel = { ...channel, info: keep, warn: keep, error: keep };
    stopListening = () => {
      log.channel = channel;
    };
    return lines;
  }

  function assertHeardNoKey({ heard }: ListeningProxy): void {
    const { adminAPIKey } = scene.emulator;
    for (const secret of [
      adminAPIKey,
      'Bearer',
      Buffer.from(adminAPIKey).toString('base64').replace(/=+$/, ''),
    ])
      assert.ok(!heard().includes(secret), `the proxy heard “${secret}”`);
  }

  it('is used by the commands and the tree, with its credentials; what they send passes it unread', async () => {
    await setProxy();
    person.types(scene.emulator.adminAPIKey);
    await run('setAdminKey');
    const { node, rows } = await scene.expand();
    assert.deepEqual(kinds(rows), granted);
    const project = scene.newProject();
    person.types(project).presses('Grant');
    await run('grant', node);
    const [revoked] = (await scene.expand()).rows;
    person.presses('Revoke');
    await run('revoke', revoked);

    assert.deepEqual(
      new Set(scene.sent.map((request) => request.split('.').at(-1))),
      new Set(['list', 'create', 'delete']),
    );
    assert.equal(scene.sent[0], 'GET adminAPIKeys.list');
    assert.deepEqual(scene.changes, ['POST permissions.create', 'DELETE permissions.delete']);
    for (const { authorization, headers } of scene.emulator.requests) {
      assert.equal(authorization, `Bearer ${scene.emulator.adminAPIKey}`);
      assert.equal(headers.host, host);
      assert.equal(headers['proxy-authorization'], undefined);
    }
    assert.ok(proxy.connects.length > 0);
    for (const connect of proxy.connects)
      assert.deepEqual(connect, { target: `${host}:443`, authorization: basic(user, password) });
    assert.deepEqual(proxy.others, []);
    assertHeardNoKey(proxy);
  });

  it('is given the authorization of http.proxyAuthorization where there is one', async () => {
    const authorization = basic(user, password);
    await setProxy(proxy.url());
    await setUserSetting('http.proxyAuthorization', authorization);
    await saveKey();
    assert.deepEqual(kinds((await scene.expand()).rows), granted);
    assert.deepEqual(
      proxy.connects.map((connect) => connect.authorization),
      [authorization],
    );
  });

  it('is the one of the environment where the settings name none', async () => {
    process.env.HTTPS_PROXY = proxy.url(user, password);
    await saveKey();
    assert.deepEqual(kinds((await scene.expand()).rows), granted);
    assert.equal(proxy.connects.length, 1);
  });

  const ways: Readonly<Record<string, readonly [id: string, value: unknown]>> = {
    'http.noProxy names the host': ['http.noProxy', ['elsewhere.test', host]],
    'http.proxySupport is off': ['http.proxySupport', 'off'],
  };
  for (const [what, [id, value]] of Object.entries(ways))
    it(`sees nothing when ${what}, from the next request on, and is used again after it`, async () => {
      await setProxy();
      await saveKey();
      assert.deepEqual(kinds((await scene.expand()).rows), granted);
      const before = proxy.heard().length;
      const connects = proxy.connects.length;
      assert.equal(scene.sent.length, 1);

      await setUserSetting(id, value);
      const { row } = failureAmong(await readAgain());
      assert.equal(row.what, 'The server cannot be reached: its name was not found');
      assert.match(row.next, /the host name in the setting Base URL/);
      assert.equal(proxy.connects.length, connects);
      assert.equal(proxy.heard().length, before);
      assert.deepEqual(proxy.others, []);
      assert.equal(scene.sent.length, 1);

      await setUserSetting(id, undefined);
      assert.deepEqual(kinds(await readAgain()), granted);
      assert.equal(proxy.connects.length, connects + 1);
      assert.equal(scene.sent.length, 2);
      assertHeardNoKey(proxy);
    });

  it('is exchanged for another one from the next request on', async () => {
    const other = await listeningProxy(await secureGateway(scene.emulator));
    await setProxy();
    await saveKey();
    await scene.expand();
    await setProxy(other.url());
    assert.deepEqual(kinds(await readAgain()), granted);
    assert.deepEqual([proxy.connects.length, other.connects.length], [1, 1]);
    assert.equal(
      other.connects[0]?.authorization,
      undefined,
      'the credentials of the first are not for the second',
    );
  });

  describe('that fails', () => {
    const failures: Readonly<
      Record<string, { set(): Promise<void>; what: RegExp; next: RegExp; code: RegExp }>
    > = {
      'because nothing listens there': {
        set: async () =>
          setProxy(
            (await deadOrigin()).replace(
              '//',
              `//${encodeURIComponent(user)}:${wrong.replaceAll(' ', '%20')}@`,
            ),
          ),
        what: /^The proxy cannot be reached or refused the connection$/,
        next: /the setting Http: Proxy\b/,
        code: /PROXY_ECONNREFUSED/,
      },
      'because the credentials are wrong': {
        set: () => setProxy(proxy.url(user, wrong)),
        what: /^The proxy asks for a user name and password$/,
        next: /the setting Http: Proxy\b/,
        code: /PROXY_AUTH_REQUIRED/,
      },
      'because there are no credentials': {
        set: () => setProxy(proxy.url()),
        what: /^The proxy asks for a user name and password$/,
        next: /the setting Http: Proxy\b/,
        code: /PROXY_AUTH_REQUIRED/,
      },
    };
    for (const [why, { set, what, next, code }] of Object.entries(failures))
      it(`${why}, is a row that names the setting; no key gets out and no credentials are shown`, async () => {
        await set();
        await saveKey();
        const lines = listenToLog();
        const { row, text } = failureAmong((await scene.expand()).rows);
        assert.match(row.what, what);
        assert.match(row.next, next);
        assert.match(text, code);
        assert.deepEqual(scene.sent, []);
        assertHeardNoKey(proxy);

        person.types(scene.emulator.adminAPIKey);
        await run('setAdminKey');
        assert.match(person.told.join('\n'), /The admin API key was not saved/);
        const log = lines.join('\n');
        assert.match(log, code);
        for (const shown of [text, log, JSON.stringify(person.shown), JSON.stringify(row, leavingOutParents)])
          for (const secret of [
            user,
            encodeURIComponent(user),
            password,
            wrong,
            encodeURIComponent(wrong),
            scene.emulator.adminAPIKey,
            ...basics(),
          ])
            assert.ok(!shown.includes(secret), `${secret} is shown: ${shown}`);
        assert.deepEqual(scene.sent, []);
        assertHeardNoKey(proxy);
      });

    const leavingOutParents = (name: string, value: unknown) => (name === 'parent' ? undefined : value);
    const basics = () =>
      [basic(user, wrong), basic(user, password)].map((header) => header.split(' ')[1] ?? '');
  });

  describe('and a certificate that is not trusted', () => {
    beforeEach(async () => {
      stopTrusting();
      await setProxy();
      await saveKey();
    });

    it('is refused as the settings are, with the setting to look at, before the key is sent', async () => {
      await setUserSetting('http.proxyStrictSSL', undefined);
      const { row } = failureAmong((await scene.expand()).rows);
      assert.equal(row.what, "The server's certificate is not trusted");
      assert.match(row.next, /the setting Http: System Certificates/);
      assert.ok(proxy.connects.length > 0);
      assert.deepEqual(scene.sent, []);
      assertHeardNoKey(proxy);
    });

    it('is accepted once the person turned http.proxyStrictSSL off', async () => {
      await setUserSetting('http.proxyStrictSSL', false);
      assert.deepEqual(kinds((await scene.expand()).rows), granted);
      assertHeardNoKey(proxy);
    });
  });

  it('is not used for loopback: the organization on 127.0.0.1 is reached directly', async () => {
    const leading = await listeningProxy(scene.emulator.origin);
    await setProxy(leading.url());
    process.env.HTTP_PROXY = leading.url();
    await setSetting('baseUrl', scene.emulator.baseURL);
    await scene.saveKey(scene.emulator.adminAPIKey);
    assert.deepEqual(kinds((await scene.expand()).rows), granted);
    assert.deepEqual(scene.sent, ['GET permissions.list']);
    assert.deepEqual(leading.connects, []);
    assert.equal(leading.heard(), '');
  });

  it("leaves the host's own dispatcher and fetch as they were, whichever way requests took", async () => {
    const slots = [1, 2].map((version) => Symbol.for(`undici.globalDispatcher.${version}`));
    const now = () => slots.map((slot) => Reflect.get(globalThis, slot) as unknown);
    // The host's own fetch makes its dispatcher when it is first used.
    assert.equal((await fetch(scene.emulator.baseURL)).status, 404);
    const before = [...now(), globalThis.fetch];
    assert.ok(before.some((each) => typeof each === 'object'));

    await setProxy();
    await saveKey();
    assert.deepEqual(kinds((await scene.expand()).rows), granted);
    await setProxy(proxy.url(user, wrong));
    // Also by way of the host's own fetch, which is asked where the proxy wants more than is known.
    failureAmong(await readAgain());
    await setProxy('socks5://127.0.0.1:1');
    failureAmong(await readAgain());

    for (const [index, each] of [...now(), globalThis.fetch].entries()) assert.equal(each, before[index]);
    assert.equal((await fetch(scene.emulator.baseURL)).status, 404);
  });
});
