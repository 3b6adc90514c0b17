import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { userSetting } from '../../src/editor/userSetting';
import { type Emulator, startEmulator } from '../emulator';
import { endAll } from '../unit/openai/support/server';
import { run, Scene, setSetting } from './support/extension';
import { Person } from './support/person';
import {
  baseURL,
  basic,
  forged,
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

/** Honoured from a workspace, so that it tells when the file was read. */
const honoured = 'editor.tabSize';

describe('a hostile workspace', () => {
  let scene: Scene;
  let person: Person;
  /** The proxy that the person has set, and what the workspace would have instead. */
  let proxy: ListeningProxy;
  let attacker: Emulator;
  let attackersProxy: ListeningProxy;
  let stopTrusting: () => void;
  let restoreVariables: () => void;
  /** The workspace's `.vscode`, while there is one. */
  let folder: vscode.Uri | undefined;
  /** What the workspace has as the honoured setting: another value each time. */
  let mark = 20;

  before(async () => {
    scene = await Scene.begin();
    attacker = await startEmulator({ adminAPIKey: scene.emulator.adminAPIKey });
  });
  after(async () => {
    await attacker.stop();
    await scene.end();
  });

  beforeEach(async () => {
    restoreVariables = forgetProxyVariables();
    await scene.reset(3);
    attacker.reset();
    proxy = await listeningProxy(await secureGateway(scene.emulator), { user: 'me', password: 'mine' });
    attackersProxy = await listeningProxy(await secureGateway(attacker, forged));
    stopTrusting = await trustGateway();
    person = new Person();
    person.sitsDown();
  });
  afterEach(async () => {
    person.leaves();
    await close();
    stopTrusting();
    await restoreUserSettings();
    restoreVariables();
    await scene.forgetAll();
    await endAll();
  });

  /** The workspace as it was cloned: resolves when the editor has read its settings. */
  async function open(settings: Readonly<Record<string, unknown>>): Promise<void> {
    const [workspace] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(workspace);
    folder = vscode.Uri.joinPath(workspace.uri, '.vscode');
    mark += 1;
    const text = JSON.stringify({ ...settings, [honoured]: mark });
    const read = honouredIs(mark);
    await vscode.workspace.fs.writeFile(vscode.Uri.joinPath(folder, 'settings.json'), Buffer.from(text));
    await read;
  }

  async function close(): Promise<void> {
    if (!folder) return;
    const read = honouredIs(undefined);
    await vscode.workspace.fs.delete(folder, { recursive: true });
    folder = undefined;
    await read;
  }

  function honouredIs(value: number | undefined): Promise<void> {
    return new Promise((resolve) => {
      const subscription = vscode.workspace.onDidChangeConfiguration(() => {
        if (vscode.workspace.getConfiguration().inspect(honoured)?.workspaceValue !== value) return;
        subscription.dispose();
        resolve();
      });
    });
  }

  async function usesGateway(withProxy = true): Promise<void> {
    if (withProxy) await setUserSetting('http.proxy', proxy.url('me', 'mine'));
    await setSetting('baseUrl', baseURL);
    await scene.services.keys.set('default', { key: scene.emulator.adminAPIKey, origin });
  }

  const everything = () => ({
    'checkpointPermissions.baseUrl': attacker.baseURL,
    'checkpointPermissions.legacyDeletePath': true,
    'http.proxy': attackersProxy.url(),
    'http.proxyAuthorization': basic('not', 'mine'),
    'http.proxyStrictSSL': false,
    'http.proxySupport': 'override',
    'http.systemCertificates': false,
    'http.noProxy': ['nowhere.test'],
  });

  const kinds = async () => (await scene.expand()).rows.map(({ kind }) => kind);
  const granted = ['permission', 'permission', 'permission'];

  async function failureShown(): Promise<string> {
    const [row, ...others] = (await scene.expand()).rows;
    assert.ok(row?.kind === 'failure' && others.length === 0);
    return row.what;
  }

  function assertAttackerSawNothing(): void {
    assert.deepEqual(attacker.requests, []);
    assert.deepEqual(attackersProxy.connects, []);
    assert.equal(attackersProxy.heard(), '');
  }

  it('is trusted here, and what a workspace may set is taken over: nothing else keeps its settings away', async () => {
    assert.equal(vscode.workspace.isTrusted, true);
    await open({});
    assert.equal(vscode.workspace.getConfiguration().get(honoured), mark);
  });

  it('that sets everything changes neither where requests go, nor by which way, nor what they are', async () => {
    await usesGateway();
    const before = await scene.organization();
    await open(everything());
    assert.equal(await scene.organization(), before, 'what is shown stays what it was');
    assert.deepEqual(await kinds(), granted);
    const [row] = (await scene.expand()).rows;
    person.presses('Revoke');
    await run('revoke', row);
    assert.deepEqual(scene.changes, ['DELETE permissions.delete']);
    for (const { authorization, headers } of scene.emulator.requests)
      assert.deepEqual([authorization, headers.host], [`Bearer ${scene.emulator.adminAPIKey}`, host]);
    for (const connect of proxy.connects)
      assert.deepEqual(connect, { target: `${host}:443`, authorization: basic('me', 'mine') });
    assert.ok(proxy.connects.length > 0);
    assertAttackerSawNothing();
  });

  it('that was there before the key was gets none: it is checked at, and saved for, the own address', async () => {
    await scene.forgetAll();
    await setSetting('baseUrl', scene.emulator.baseURL);
    await open(everything());
    person.types(scene.emulator.adminAPIKey);
    await run('setAdminKey');
    assert.deepEqual(await scene.services.keys.get('default'), {
      key: scene.emulator.adminAPIKey,
      origin: scene.emulator.origin,
    });
    assert.deepEqual(await kinds(), granted);
    assert.deepEqual(scene.sent, ['GET adminAPIKeys.list', 'GET permissions.list']);
    assertAttackerSawNothing();
  });

  for (const [id, value] of [
    ['http.noProxy', ['*']],
    ['http.proxySupport', 'off'],
  ] as const)
    it(`cannot lead requests past the own proxy with ${id}`, async () => {
      await usesGateway();
      await open({ [id]: value });
      assert.deepEqual(await kinds(), granted);
      assert.equal(proxy.connects.length, 1);
    });

  it('cannot lead requests to a proxy where the person has none', async () => {
    await usesGateway(false);
    await open(everything());
    assert.equal(await failureShown(), 'The server cannot be reached: its name was not found');
    assert.deepEqual(scene.sent, []);
    assertAttackerSawNothing();
  });

  it('cannot have certificates go unverified', async () => {
    stopTrusting();
    await setUserSetting('http.proxyStrictSSL', undefined);
    await usesGateway();
    await open({ 'http.proxyStrictSSL': false });
    assert.equal(await failureShown(), "The server's certificate is not trusted");
    assert.ok(proxy.connects.length > 0);
    assert.deepEqual(scene.sent, []);
  });

  it('is not listened to even for a setting that the editor takes over from it', async () => {
    await open({});
    assert.equal(userSetting(honoured), vscode.workspace.getConfiguration().inspect(honoured)?.defaultValue);
    await setUserSetting(honoured, 3);
    assert.equal(userSetting(honoured), 3);
    assert.notEqual(vscode.workspace.getConfiguration().get(honoured), 3);
  });

  it('cannot be given these settings by the editor either', async () => {
    const configuration = vscode.workspace.getConfiguration();
    for (const [id, value] of Object.entries(everything()))
      await assert.rejects(
        Promise.resolve(configuration.update(id, value, vscode.ConfigurationTarget.Workspace)),
        /Unable to write/,
        id,
      );
  });
});
