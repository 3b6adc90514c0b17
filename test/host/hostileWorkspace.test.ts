import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { userSetting } from '../../src/editor/settings';
import { APIConnectionError } from '../../src/openai';
import { explain } from '../../src/words/errors';
import { type Emulator, startEmulator } from '../emulator';
import { run } from './support/extension';
import {
  basic,
  credentials,
  forged,
  host,
  type ListeningProxy,
  listeningProxy,
  secureGateway,
  setUserSetting,
  useProxiedStage,
} from './support/proxy';

/** A setting that is honored from a workspace, which shows that the file was loaded. */
const honoured = 'editor.tabSize';

describe('a hostile workspace', () => {
  /** The workspace's `.vscode`, while there is one. */
  let folder: vscode.Uri | undefined;
  /** The workspace’s value of the honored setting, different each time. */
  let mark = 20;
  afterEach(close);

  const stage = useProxiedStage(3);

  /** Values of the workspace for the user's settings. */
  let attacker: Emulator;
  let attackersProxy: ListeningProxy;

  before(async () => {
    attacker = await startEmulator({ adminAPIKey: 'test-admin-key' });
  });
  after(() => attacker.stop());
  beforeEach(async () => {
    attacker.reset();
    attackersProxy = await listeningProxy(await secureGateway(attacker, forged));
  });

  /** Writes the settings of the workspace. Resolves when the editor has loaded them. */
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

  const setOwnProxy = () => setUserSetting('http.proxy', stage.proxy.url(credentials));

  const everything = () => ({
    'checkpointPermissions.baseUrl': attacker.baseURL,
    'checkpointPermissions.legacyDeletePath': true,
    'http.proxy': attackersProxy.url(),
    'http.proxyAuthorization': basic({ user: 'somebody', password: 'else' }),
    'http.proxyStrictSSL': false,
    'http.proxySupport': 'override',
    'http.systemCertificates': false,
    'http.noProxy': ['nowhere.test'],
  });

  const kinds = async () => (await stage.scene.expand()).rows.map(({ kind }) => kind);
  const granted = ['permission', 'permission', 'permission'];

  async function failureShown(): Promise<string> {
    const [row, ...others] = (await stage.scene.expand()).rows;
    assert.ok(row?.kind === 'failure' && others.length === 0);
    return row.what;
  }

  function assertAttackerSawNothing(): void {
    assert.deepEqual(attacker.requests, []);
    assert.deepEqual(attackersProxy.connects, []);
    assert.equal(attackersProxy.heard(), '');
  }

  it('is trusted here, and its allowed settings are applied, so nothing but the extension blocks the others', async () => {
    assert.equal(vscode.workspace.isTrusted, true);
    await open({});
    assert.equal(vscode.workspace.getConfiguration().get(honoured), mark);
  });

  it('that sets everything changes neither the host, nor the route, nor the content of requests', async () => {
    await setOwnProxy();
    await stage.useGateway();
    const before = await stage.scene.organization();
    await open(everything());
    assert.equal(await stage.scene.organization(), before, 'what is shown stays what it was');
    assert.deepEqual(await kinds(), granted);
    const [row] = (await stage.scene.expand()).rows;
    stage.person.presses('Revoke');
    await run('revoke', row);
    assert.deepEqual(stage.scene.changes, ['DELETE permissions.delete']);
    for (const { authorization, headers } of stage.scene.emulator.requests)
      assert.deepEqual([authorization, headers.host], [`Bearer ${stage.scene.emulator.adminAPIKey}`, host]);
    for (const connect of stage.proxy.connects)
      assert.deepEqual(connect, { target: `${host}:443`, authorization: basic() });
    assert.ok(stage.proxy.connects.length > 0);
    assertAttackerSawNothing();
  });

  it('that was there before the key gets none: the key is verified at and saved for the user’s base URL', async () => {
    await stage.scene.services.keys.remove('default');
    await open(everything());
    stage.person.types(stage.scene.emulator.adminAPIKey);
    await run('setAdminKey');
    const { key, origin } = (await stage.scene.services.keys.get('default')) ?? {};
    assert.deepEqual([key, origin], [stage.scene.emulator.adminAPIKey, stage.scene.emulator.origin]);
    assert.deepEqual(await kinds(), granted);
    assert.deepEqual(stage.scene.sent, ['GET adminAPIKeys.list', 'GET permissions.list']);
    assertAttackerSawNothing();
  });

  for (const [id, value] of [
    ['http.noProxy', ['*']],
    ['http.proxySupport', 'off'],
  ] as const)
    it(`cannot lead requests past the own proxy with ${id}`, async () => {
      await setOwnProxy();
      await stage.useGateway();
      await open({ [id]: value });
      assert.deepEqual(await kinds(), granted);
      assert.equal(stage.proxy.connects.length, 1);
    });

  it('cannot route requests to a proxy when the user has none', async () => {
    await stage.useGateway();
    await open(everything());
    assert.equal(await failureShown(), explain(new APIConnectionError({ kind: 'dns' })).what);
    assert.deepEqual(stage.scene.sent, []);
    assertAttackerSawNothing();
  });

  it('cannot disable the verification of certificates', async () => {
    await setOwnProxy();
    await stage.useGateway();
    await stage.distrustGateway();
    await open({ 'http.proxyStrictSSL': false });
    assert.equal(await failureShown(), explain(new APIConnectionError({ kind: 'certificate' })).what);
    assert.ok(stage.proxy.connects.length > 0);
    assert.deepEqual(stage.scene.sent, []);
  });

  it('is ignored even for a setting that the editor applies from it', async () => {
    await open({});
    assert.equal(userSetting(honoured), vscode.workspace.getConfiguration().inspect(honoured)?.defaultValue);
    await setUserSetting(honoured, 3);
    assert.equal(userSetting(honoured), 3);
    assert.notEqual(vscode.workspace.getConfiguration().get(honoured), 3);
  });

  it('cannot get these settings through the editor', async () => {
    const configuration = vscode.workspace.getConfiguration();
    for (const [id, value] of Object.entries(everything()))
      await assert.rejects(
        Promise.resolve(configuration.update(id, value, vscode.ConfigurationTarget.Workspace)),
        /Unable to write/,
        id,
      );
  });
});
