import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Node, PermissionNode } from '../../src/views/shared/nodes';
import { cursorTraps, type Fault, faults } from '../emulator';
import { checkpoint, run, Scene, step, useStage } from './support/extension';

const none: Fault = { name: 'none', processed: true };
const shared = 'ft:gpt-4.1-2025-04-14:harbor-labs:named:Nn1Aa2Mm';

describe('names of projects', () => {
  const stage = useStage(3);
  const tree = () => stage.scene.services.tree;
  const message = () => stage.scene.services.view.message;
  const state = () => stage.scene.emulator.organization.state;
  const item = (node: Node) => tree().getTreeItem(node);
  const label = (node: Node) => String(item(node).label);

  /** The permissions of a checkpoint as VS Code requests them, without waiting for names. */
  async function permissions(id = checkpoint, scene = stage.scene): Promise<PermissionNode[]> {
    await scene.services.tree.getChildren();
    const rows = await scene.services.tree.getChildren(scene.services.tree.nodeOf(id));
    return rows.filter((row): row is PermissionNode => row.kind === 'permission');
  }

  /** Resolves when the names are loaded or have failed. */
  const named = async (scene = stage.scene) => (await scene.organization()).projects.read();

  async function share(id: string, projects: readonly string[] | number): Promise<void> {
    stage.scene.emulator.organization.addCheckpoint(id, { permissions: projects });
    await (await stage.scene.organization()).catalog.add([id]);
  }

  /** Resolves when the message of the view changes. */
  async function messageOnce(pattern: RegExp | undefined): Promise<void> {
    const isSo = () => (pattern ? pattern.test(message() ?? '') : message() === undefined);
    // The bundle of the sentences is loaded on first use.
    while (!isSo()) await new Promise((resolve) => setImmediate(resolve));
  }

  async function tooltip(node: Node): Promise<string> {
    const text = tree().resolveTreeItem(item(node), node).tooltip as vscode.MarkdownString | undefined;
    return (text?.value ?? '').replace(/\\(.)/g, '$1').replaceAll('&nbsp;', ' ');
  }

  describe('requests', () => {
    const pages = () => Math.ceil(state().projects.size / 100);

    it('are none for the list, the pages of projects once for the first rows, and none for ten further rows', async () => {
      const others = Array.from({ length: 10 }, (_, index) => `${shared}:ckpt-step-${index + 1}`);
      for (const id of others) await share(id, 120);
      assert.ok(pages() > 1);
      await tree().getChildren();
      assert.deepEqual([stage.scene.sent.length, stage.scene.sentForNames], [0, 0]);
      await permissions();
      await named();
      assert.deepEqual([stage.scene.sent.length, stage.scene.sentForNames], [1, pages()]);
      for (const id of others) assert.equal((await permissions(id)).length, 100);
      await named();
      assert.deepEqual([stage.scene.sent.length, stage.scene.sentForNames], [11, pages()]);
    });

    it('are none when no project has access', async () => {
      assert.deepEqual(await permissions(step), []);
      assert.equal(stage.scene.sentForNames, 0);
    });

    it('are none to switch views', async () => {
      await permissions();
      await named();
      const sent = () => [stage.scene.sent.length, stage.scene.sentForNames];
      const before = sent();
      for (let turn = 0; turn < 3; turn += 1) {
        const read = new Promise<void>((resolve) => {
          const subscription = tree().onDidLoadRows(({ parent }) => {
            if (parent) return;
            subscription.dispose();
            resolve();
          });
        });
        await vscode.commands.executeCommand('workbench.view.extension.checkpointPermissions');
        tree().refreshRoot();
        await read;
        await vscode.commands.executeCommand('workbench.view.explorer');
      }
      assert.deepEqual(sent(), before);
    });

    it('are none for Refresh Checkpoints while names are loaded; Refresh Project Names refreshes them', async () => {
      const [row] = await permissions();
      assert.ok(row);
      await named();
      const before = stage.scene.sentForNames;
      await run('refresh');
      assert.equal(stage.scene.sentForNames, before);
      const id = row.permission.project_id;
      const project = state().projects.get(id);
      assert.ok(project);
      state().projects.set(id, { ...project, name: 'Renamed since' });
      await run('refreshProjects');
      assert.equal(stage.scene.sentForNames, before + pages());
      const [again] = await permissions();
      assert.equal(again && label(again), 'Renamed since');
    });
  });

  it('load after the rows, which show IDs until then and are redrawn', async () => {
    const gate = stage.scene.emulator.hold('projects.list');
    const rows = await permissions();
    assert.deepEqual(
      rows.map(label),
      rows.map(({ permission }) => permission.project_id),
    );
    const [first] = rows;
    assert.ok(first);
    assert.match(await tooltip(first), /Project names: not loaded · loading now/);
    assert.equal(message(), undefined);
    const drawn = new Promise<Node | undefined>((resolve) => {
      tree().onDidChangeTreeData((node) => label(first) !== first.permission.project_id && resolve(node));
    });
    gate.release();
    assert.equal(await drawn, tree().nodeOf(checkpoint));
    assert.deepEqual(
      rows.map(label),
      rows.map(({ permission }) => state().projects.get(permission.project_id)?.name),
    );
    assert.equal(message(), undefined);
  });

  it('mark archived and unknown projects in words and by icon', async () => {
    const active = state().addProject('Harbour desk').id;
    const archived = state().addProject('Old pilot', 1_600_000_000, 1_700_000_000).id;
    const unknown = state().addProject('Gone').id;
    await share(shared, [active, archived, unknown]);
    state().projects.delete(unknown);
    const rows = await permissions(shared);
    await named();
    const by = (id: string) => rows.find(({ permission }) => permission.project_id === id) as PermissionNode;
    const seen = (id: string) => {
      const { label: name, description, iconPath, accessibilityInformation } = item(by(id));
      return [
        name,
        String(description).replace(/(^| · )granted ([^·]* ago|just now)$/, ''),
        (iconPath as vscode.ThemeIcon).id,
        accessibilityInformation?.label.replace(/, granted .*/, ''),
      ];
    };
    assert.deepEqual(seen(active), ['Harbour desk', '', 'project', `Project Harbour desk, can use named`]);
    assert.deepEqual(seen(archived), [
      'Old pilot',
      'archived',
      'archive',
      `Project Old pilot, archived, can use named`,
    ]);
    assert.deepEqual(seen(unknown), [
      unknown,
      'not in the project list',
      'project',
      `Project ${unknown}, not in the project list, can use named`,
    ]);
    const told = await tooltip(by(archived));
    for (const part of [
      'Project: Old pilot',
      archived,
      'Archived: November 14, 2023',
      'Project names: loaded ',
    ])
      assert.ok(told.includes(part), told);
    assert.match(await tooltip(by(unknown)), /Not in the project list: it may be new/);
    assert.equal(message(), undefined);
  });

  it('that are hostile are escaped', async () => {
    const id = state().addProject('$(trash) [x](command:y)\u202e\n**b**').id;
    const blank = state().addProject('\u200b').id;
    await share(shared, [id, blank]);
    const rows = await permissions(shared);
    await named();
    const [row, unnamed] = [id, blank].map((each) =>
      rows.find(({ permission }) => permission.project_id === each),
    );
    assert.ok(row && unnamed);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters must not be there.
    assert.doesNotMatch(label(row), /[\u0000-\u001f\u202e]/);
    const text = tree().resolveTreeItem(item(row), row).tooltip as vscode.MarkdownString;
    assert.doesNotMatch(text.value, /(?<!\\)\[x\]\(command/);
    assert.equal(label(unnamed), blank);
    stage.person.cancels();
    await run('revoke', row);
    assert.match(stage.person.shown.at(-1)?.text ?? '', /\$\u200b\(trash\) \[x\]\u200b\(command:y\)/);
  });

  it('are in questions, pickers and reports, with the ID where the name is ambiguous', async () => {
    const one = state().addProject('Twins').id;
    const other = state().addProject('Twins').id;
    const single = state().addProject('Harbour desk').id;
    await share(shared, [one, other, single]);
    await permissions(shared);
    await named();
    stage.scene.emulator.fail('permissions.delete', faults.status(403));
    stage.person.picks(['Twins', 'Harbour desk']).presses('Revoke');
    await run('revoke', tree().nodeOf(shared));
    const modal = stage.person.shown.find(({ kind }) => kind === 'modal')?.text ?? '';
    for (const part of [`Twins (${one})`, `Twins (${other})`, `Harbour desk (${single})`])
      assert.ok(modal.includes(part), modal);
    const told = stage.person.told.at(-1) ?? '';
    for (const part of [`Twins (${one})`, `Twins (${other})`, 'Harbour desk'])
      assert.ok(told.includes(part), told);
    assert.ok(!told.includes(single), told);
  });

  describe('that can’t be loaded leave permissions as they are, and the view says why', () => {
    const scope = {
      error: {
        message: 'You have insufficient permissions for this operation. Missing scopes: api.management.read.',
        type: 'invalid_request_error',
        param: null,
        code: null,
      },
    };
    const noRetry = { headers: { 'x-should-retry': 'false' } };
    const table: Readonly<Record<string, readonly [Fault, RegExp]>> = {
      'a missing scope': [faults.status(401, { body: scope }), /lacks the api\.management\.read scope/],
      'a refused key': [faults.status(401), /rejected the admin API key/],
      '403': [faults.status(403), /isn't allowed to list projects/],
      '404': [faults.status(404), /has no list of projects/],
      '500': [faults.status(500, noRetry), /The API failed \(500\)/],
      'a page of a proxy': [faults.html(200), /isn't from the OpenAI API/],
      'malformed JSON': [faults.malformedJSON, /isn't from the OpenAI API/],
      'a lost connection': [faults.resetBeforeAnswer, /The connection to the server was lost/],
    };
    for (const [what, [fault, sentence]] of Object.entries(table)) {
      it(`(${what})`, async () => {
        stage.scene.emulator.fail('projects.list', fault);
        const rows = await permissions();
        await named();
        await messageOnce(/^Projects are shown by ID because their names couldn't be loaded\. [A-Z].*\.$/);
        assert.match(message() ?? '', sentence);
        const after = await tree().getChildren(tree().nodeOf(checkpoint));
        assert.deepEqual(after, rows, 'the same three permissions, and no row about names');
        assert.deepEqual(
          rows.map(label),
          rows.map(({ permission }) => permission.project_id),
        );
        assert.match(await tooltip(rows[0] as Node), /Project names: couldn't be loaded/);
        assert.deepEqual(
          (await stage.scene.expand(step)).rows.map(({ kind }) => kind),
          ['none'],
        );
        const sent = stage.scene.sentForNames;
        await permissions();
        assert.equal(stage.scene.sentForNames, sent, 'not tried again by itself');

        stage.scene.emulator.fail('projects.list', none);
        await run('refresh');
        await messageOnce(undefined);
        const [again] = await permissions();
        const id = again?.permission.project_id ?? '';
        assert.equal(again && label(again), state().projects.get(id)?.name);
      });
    }

    it('(429)', async () => {
      // The client remembers a limit for the origin, so this one has an origin of its own.
      const limited = await Scene.begin();
      await limited.reset(3);
      limited.emulator.fail('projects.list', faults.tooManyRequests({ shouldRetry: false }));
      const rows = await permissions(checkpoint, limited);
      await named(limited);
      await messageOnce(/The rate limit of the API is reached/);
      assert.equal(rows.length, 3);
      assert.deepEqual(await permissions(checkpoint, limited), rows);
      await limited.end();
    });

    it('(a list that broke off): loaded projects have names, and the view says that some are missing', async () => {
      await share(shared, 120);
      const last = state().addProject('Last').id;
      stage.scene.emulator.fail('projects.list', cursorTraps.emptyPage);
      stage.scene.emulator.fail('projects.list', none, 1);
      await permissions(shared);
      await named();
      await messageOnce(/^Some projects are shown by ID because not all names could be loaded\./);
      const { projects } = await stage.scene.organization();
      assert.equal(projects.snapshot.projects.size, 100);
      assert.equal(projects.nameOf(last), undefined);
    });

    it('that can’t be refreshed stay, and the view says their age', async () => {
      const [row] = await permissions();
      assert.ok(row);
      await named();
      const name = label(row);
      stage.scene.emulator.fail('projects.list', faults.status(403));
      await run('refreshProjects');
      await messageOnce(/^Project names are from (just now|.* ago) because the last refresh failed\./);
      assert.equal(label(row), name);
      assert.match(stage.person.told.at(-1) ?? '', /^Project names couldn't be loaded\. .* isn't allowed/);
    });

    it('of another organization show no error there', async () => {
      stage.scene.emulator.hold('projects.list');
      await permissions();
      await run('exploreSample');
      const [first] = await tree().getChildren();
      const [row] = await tree().getChildren(first);
      await named();
      assert.ok(row?.kind === 'permission');
      assert.doesNotMatch(label(row), /^proj_/);
      assert.doesNotMatch(message() ?? '', /names/i);
      await run('leaveSample');
    });
  });

  it('that wait are in the notice, which can stop the wait and leaves the permissions', async () => {
    const limited = await Scene.begin();
    await limited.reset(3);
    const { withProgress } = vscode.window;
    let cancel: (() => void) | undefined;
    const noticed = new Promise<string>((resolve) => {
      const own: typeof withProgress = (options, task) => {
        if (options.location !== vscode.ProgressLocation.Notification) return withProgress(options, task);
        const onCancellationRequested = (listener: () => void) => {
          cancel = listener;
          return new vscode.Disposable(() => undefined);
        };
        const token = { isCancellationRequested: false, onCancellationRequested };
        const report = ({ message: words }: { message?: string }) => words && resolve(words);
        return task({ report }, token as unknown as vscode.CancellationToken);
      };
      Object.assign(vscode.window, { withProgress: own });
    });
    limited.emulator.fail('projects.list', faults.tooManyRequests({ retryAfter: 300 }), 1);
    const rows = await permissions(checkpoint, limited);
    assert.match(await noticed, /Waiting for the rate limit \(about (300|299) seconds left\)/);
    Object.assign(vscode.window, { withProgress });
    cancel?.();
    await named(limited);
    await messageOnce(/Canceled before it finished/);
    assert.deepEqual(await permissions(checkpoint, limited), rows);
    assert.equal(limited.sentForNames, 1);
    await limited.end();
  });
});
