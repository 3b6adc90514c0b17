import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { PermissionNode } from '../../src/views/shared/nodes';
import { nothingSent, permissionsGone } from '../../src/words/changes';
import { explain } from '../../src/words/errors';
import { projectWithId } from '../../src/words/names';
import { hostileArguments } from '../hostileArguments';
import { assertSays } from '../says';
import { checkpoint, run, useStage } from './support/extension';

const replaced = [
  'showInputBox',
  'showQuickPick',
  'showSaveDialog',
  'showOpenDialog',
  'showInformationMessage',
  'showWarningMessage',
  'showErrorMessage',
  'createQuickPick',
  'createInputBox',
] as const;

/** Answers every question by closing it, and keeps every message. */
class Absent {
  readonly told: string[] = [];
  readonly #original = Object.fromEntries(
    replaced.map((name) => [name, vscode.window[name]] as const),
  ) as Pick<typeof vscode.window, (typeof replaced)[number]>;

  begin(): void {
    const window = vscode.window as unknown as Record<string, unknown>;
    const closed = async () => undefined;
    const { createQuickPick, createInputBox } = this.#original;
    for (const name of ['showInputBox', 'showQuickPick', 'showSaveDialog', 'showOpenDialog'])
      window[name] = closed;
    for (const name of ['showInformationMessage', 'showWarningMessage', 'showErrorMessage'])
      window[name] = async (text: string) => void this.told.push(text);
    const hiding = <I extends vscode.QuickInput>(input: I): I => {
      const show = input.show.bind(input);
      input.show = () => {
        show();
        setImmediate(() => input.hide());
      };
      return input;
    };
    window.createQuickPick = () => hiding(createQuickPick());
    window.createInputBox = () => hiding(createInputBox());
  }

  end(): void {
    Object.assign(vscode.window, this.#original);
  }
}

describe('commands called with any arguments', () => {
  // One of them creates an access file.
  after(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    const created = folder && vscode.Uri.joinPath(folder.uri, '.openai');
    // Not by a run of some of these tests.
    const isThere = created && (await vscode.workspace.fs.stat(created).then(Boolean, () => false));
    if (isThere) await vscode.workspace.fs.delete(created, { recursive: true });
  });
  const stage = useStage(3);

  const manifest = vscode.extensions.getExtension('checkpoint-permissions.checkpoint-permissions')
    ?.packageJSON as {
    contributes: { commands: { command: string }[] };
  };
  const commands = manifest.contributes.commands.map(({ command }) => command);
  // What the words say about a fault of the extension, whatever it is.
  const fault = explain(new Error('hostile')).what;
  /** Each kind of value once; the unit test of the arguments has many more. */
  const some = [
    'null',
    'a number',
    'a cyclic object',
    'getters that throw',
    'a revoked proxy',
    'a row that is none',
  ];

  for (const id of commands) {
    it(`Truth 9: ${id} survives them, and sends no change`, async () => {
      const absent = new Absent();
      absent.begin();
      try {
        for (const [name, value] of Object.entries(hostileArguments())) {
          if (!some.includes(name)) continue;
          await vscode.commands.executeCommand(id, value, [value, value]);
          await vscode.commands.executeCommand(id, value, value);
          const faults = absent.told.filter((text) => text.includes(fault) || text.includes('hostile'));
          assert.deepEqual(faults, [], name);
        }
        assert.deepEqual(stage.scene.changes, []);
      } finally {
        absent.end();
      }
    });
  }

  async function listed(): Promise<PermissionNode> {
    const { rows } = await stage.scene.expand();
    const row = rows.find((each): each is PermissionNode => each.kind === 'permission');
    assert.ok(row);
    return row;
  }

  it('Truth 9: Revoke Access… names the project that loses access, not the one that its argument names', async () => {
    const { permission, parent } = await listed();
    const { id } = permission;
    const claimed = { ...permission, project_id: 'proj_harmless', created_at: 1 };
    for (const argument of [
      { kind: 'permission', parent: { ...parent }, permission: claimed },
      { checkpoint, permission: id, project: 'proj_harmless' },
    ]) {
      stage.person.cancels();
      await run('revoke', argument);
      const modal = stage.person.shown.findLast(({ kind }) => kind === 'modal')?.text;
      assertSays(modal, projectWithId(parent.organization, permission.project_id), id);
      assert.ok(!modal?.includes('proj_harmless'));
    }
    assert.deepEqual(stage.scene.changes, []);
  });

  it('Truth 9: Revoke Access… looks a named permission up, also where nothing is loaded', async () => {
    const [first] =
      stage.scene.emulator.organization.state.checkpoints.get(checkpoint)?.permissions.all() ?? [];
    assert.ok(first);
    stage.person.presses('Revoke');
    await run('revoke', { checkpoint, permission: first.id });
    assert.equal(stage.scene.projectsOnServer().includes(first.project_id), false);
    assert.equal(stage.scene.changes.length, 1);
  });

  it('Truth 9: Revoke Access… says when the checkpoint has no such permission', async () => {
    await run('revoke', { checkpoint, permission: 'cp_none' });
    assertSays(stage.person.told.at(-1), permissionsGone(['cp_none'], [checkpoint]), nothingSent);
    assert.deepEqual(stage.scene.changes, []);
  });

  it('Truth 9: a copy of a row is no row', async () => {
    const { parent } = await listed();
    stage.person.cancels();
    await run('removeFromList', { ...parent });
    assert.ok((await stage.scene.organization()).catalog.has(checkpoint));
    assert.equal(stage.person.shown.at(-1)?.kind, 'picker', 'as from the palette, it asks');
  });
});
