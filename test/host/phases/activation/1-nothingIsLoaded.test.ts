import assert from 'node:assert/strict';
import * as net from 'node:net';
import { basename, dirname, join } from 'node:path';
import * as vscode from 'vscode';
import type { Services } from '../../../../src/commands/shared/services';
import { exportsFor } from '../../../../src/extension';
import { commandIds, toolIds } from '../../../../src/ids';
import { Scene } from '../../support/extension';

const id = 'checkpoint-permissions.checkpoint-permissions';

/** The files of the extension's dist folder that this process has loaded. */
function loadedBundles(): string[] {
  const dist = join(vscode.extensions.getExtension(id)?.extensionPath ?? '', 'dist');
  return Object.keys(require.cache)
    .filter((file) => dirname(file) === dist)
    .map((file) => basename(file))
    .filter((name) => !name.startsWith('shared-'))
    .sort();
}

describe('activation', () => {
  it('opens no socket, sends no request, and loads neither the client nor the commands nor the sample', async () => {
    const extension = vscode.extensions.getExtension<Services>(id);
    assert.ok(extension);
    const connect = net.Socket.prototype.connect;
    const connections: unknown[] = [];
    net.Socket.prototype.connect = function (this: net.Socket, ...args: unknown[]) {
      connections.push(args[0]);
      return Reflect.apply(connect, this, args);
    } as typeof connect;
    try {
      await extension.activate();
      // VS Code requests the root when it shows the view.
      assert.deepEqual(await extension.exports.tree.getChildren(), []);
    } finally {
      net.Socket.prototype.connect = connect;
    }
    assert.deepEqual(loadedBundles(), ['extension.js']);
    assert.deepEqual(connections, []);
  });

  it('exports its services only to its own tests', async () => {
    const { exports: parts } = vscode.extensions.getExtension<Services>(id) ?? {};
    assert.ok(parts);
    assert.equal(exportsFor(vscode.ExtensionMode.Production, parts), undefined);
    assert.equal(exportsFor(vscode.ExtensionMode.Development, parts), undefined);
  });

  it('registers every command', async () => {
    const registered = await vscode.commands.getCommands(true);
    for (const command of Object.values(commandIds)) assert.ok(registered.includes(command), command);
  });

  it('checks a hovered line without loading code, and explains the first ID', async () => {
    const content = 'left: ft-1 draft:gpt-4.1:acme::B7R9VjQd ft:gpt-4.1-2025-04-14:acme::B7R9VjQd';
    const { uri } = await vscode.workspace.openTextDocument({ content });
    const hoversAt = (character: number) =>
      vscode.commands.executeCommand<vscode.Hover[]>(
        'vscode.executeHoverProvider',
        uri,
        new vscode.Position(0, character),
      );
    for (const place of [0, 7, 15]) assert.deepEqual(await hoversAt(place), []);
    assert.ok(!loadedBundles().includes('views.js'));
    assert.equal((await hoversAt(content.length - 1)).length, 1);
    assert.deepEqual(loadedBundles(), ['extension.js', 'views.js']);
  });

  it('loads the tools of agents when one is called', async () => {
    assert.ok(!loadedBundles().includes('tools.js'));
    const options = { input: {}, toolInvocationToken: undefined };
    await assert.rejects(async () => vscode.lm.invokeTool(toolIds.listAccess, options));
    assert.ok(loadedBundles().includes('tools.js'));
    assert.ok(!loadedBundles().includes('commands.js'));
  });

  it('loads the sample without undici', async () => {
    const { tree } = vscode.extensions.getExtension<Services>(id)?.exports ?? {};
    assert.ok(tree);
    await vscode.commands.executeCommand(commandIds.exploreSample);
    const [first] = await tree.getChildren();
    assert.ok((await tree.getChildren(first)).length > 1);
    assert.ok(loadedBundles().includes('sample.js'));
    assert.ok(!loadedBundles().includes('undici-transport.js'));
    await vscode.commands.executeCommand(commandIds.leaveSample);
  });

  it("loads undici with the first request, and leaves the host's own dispatcher alone", async () => {
    const slots = [1, 2].map((version) => Symbol.for(`undici.globalDispatcher.${version}`));
    const before = slots.map((slot) => Reflect.get(globalThis, slot));
    const scene = await Scene.begin();
    await scene.reset(1);
    assert.ok(!loadedBundles().includes('undici-transport.js'));
    await scene.expand();
    assert.deepEqual(scene.sent, ['GET permissions.list']);
    await scene.end();
    assert.ok(loadedBundles().includes('undici-transport.js'));
    assert.deepEqual(
      slots.map((slot) => Reflect.get(globalThis, slot)),
      before,
    );
  });
});
