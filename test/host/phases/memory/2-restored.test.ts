import assert from 'node:assert/strict';
import { readdir, readFile, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { commandIds, viewIds } from '../../../../src/ids';
import { checkpoint, type Scene, services, setSetting, step } from '../../support/extension';

describe('after the restart', () => {
  let connections = 0;
  const server = createServer((socket) => {
    connections += 1;
    socket.destroy();
  });
  before(async () => {
    const { profiles } = await services();
    const { port } = new URL(profiles.find('kept')?.baseUrl ?? '');
    await new Promise<void>((resolve) => server.listen(Number(port), '127.0.0.1', resolve));
  });
  after(() => new Promise((resolve) => server.close(resolve)));

  const organizationOf = async ({ current }: Scene['services']) => {
    const shown = await current.get();
    assert.ok(shown.kind === 'organization');
    return shown.organization;
  };

  it('Truth 23: the lists, the projects and the log are shown with their age, and nothing was sent', async () => {
    const all = await services();
    await all.current.show('kept');
    await vscode.commands.executeCommand(`${viewIds.checkpoints}.focus`);
    await vscode.commands.executeCommand(commandIds.showHistory);
    const rows = await all.tree.getChildren();
    const node = all.tree.nodeOf(checkpoint);
    assert.ok(node);
    assert.equal(rows.length, 2);
    const organization = await organizationOf(all);
    assert.equal(organization.standingOf(checkpoint).count, 3);
    assert.deepEqual(organization.standingOf(checkpoint).doubts, ['old']);
    assert.equal(organization.standingOf(step).state, 'loaded');
    const permissions = await all.tree.getChildren(node);
    assert.equal(permissions.length, 3);
    const [first] = permissions;
    assert.ok(first?.kind === 'permission');
    assert.ok(organization.projects.nameOf(first.permission.project_id), 'projects have their names');
    assert.ok(organization.trail.snapshot.events.length > 0);
    assert.ok(organization.trail.snapshot.restored);
    assert.equal((await all.projectsTree.getChildren()).length > 0, true);
    assert.equal(connections, 0);
  });

  it('Truth 23: the file is readable by its owner alone, and has no key', async () => {
    const all = await services();
    const folder = join(all.journals.folder, '..', 'access');
    const names = await readdir(folder);
    assert.ok(names.includes('kept.jsonl'));
    const path = join(folder, 'kept.jsonl');
    assert.equal((await stat(path)).mode & 0o777, 0o600);
    const { key = '' } = (await all.keys.get('kept')) ?? {};
    assert.ok(key);
    assert.ok(!(await readFile(path, 'utf8')).includes(key));
  });

  it('Truth 23: a decision asks the server', async () => {
    const { permissions } = await organizationOf(await services());
    await assert.rejects(permissions.readCurrent(checkpoint, 60_000));
    assert.ok(connections > 0);
    assert.equal(permissions.snapshot(checkpoint).listing?.permissions.length, 3, 'and keeps what it knew');
  });

  it('Truth 23: the setting keeps it in memory only', async () => {
    const all = await services();
    const folder = join(all.journals.folder, '..', 'access');
    const organization = await organizationOf(all);
    const memory = all.memories.of(organization);
    await setSetting('keepAccess', false);
    try {
      await all.memories.update();
      await memory?.flush();
      await assert.rejects(readdir(folder), { code: 'ENOENT' });
      assert.equal(organization.standingOf(checkpoint).count, 3, 'what is shown stays');
    } finally {
      await setSetting('keepAccess', undefined);
    }
    await all.memories.update();
    organization.permissions.changed(checkpoint);
    await memory?.flush();
    assert.ok((await readdir(folder)).includes('kept.jsonl'));
    await all.keys.remove('kept');
    await all.memories.remove('kept');
    assert.ok(!(await readdir(folder)).includes('kept.jsonl'));
  });
});
