import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { detailsScheme } from '../../src/ids';
import { accessInWords } from '../../src/words/access';
import { headings, projectExtent, properties } from '../../src/words/details';
import { doubtInWords } from '../../src/words/standing';
import { faults } from '../emulator';
import { eventually } from './support/eventually';
import { checkpoint, run, setSetting, step, useStage } from './support/extension';

describe('Show Details', () => {
  const stage = useStage(3);
  afterEach(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  /** The page that the command opened. */
  async function shown(subject: object, ...args: unknown[]): Promise<vscode.TextDocument> {
    await run('showDetails', ...args);
    const query = JSON.stringify({ kind: 'checkpoint', organization: 'default', checkpoint, ...subject });
    const document = vscode.workspace.textDocuments.find(
      ({ uri }) => uri.scheme === detailsScheme && uri.query === query,
    );
    assert.ok(document, query);
    return document;
  }

  /** Resolves when the preview is open: a page of the Markdown extension, not a text editor. */
  async function previewed(label: RegExp): Promise<void> {
    const isThere = () => {
      const tab = vscode.window.tabGroups.activeTabGroup.activeTab;
      return isPreview(tab?.input) && label.test(tab?.label ?? '');
    };
    await new Promise<void>((resolve) => {
      if (isThere()) return resolve();
      const subscription = vscode.window.tabGroups.onDidChangeTabs(() => {
        if (!isThere()) return;
        subscription.dispose();
        resolve();
      });
    });
  }

  const isPreview = (input: unknown) =>
    input instanceof vscode.TabInputCustom && input.viewType === 'vscode.markdown.preview.editor';

  const page = (of: string, subject: object) =>
    vscode.workspace.openTextDocument(
      vscode.Uri.from({ scheme: detailsScheme, path: `/${of}.md`, query: JSON.stringify(subject) }),
    );

  /** Removes Markdown escapes. */
  const readable = (markdown: string) => markdown.replace(/\\(.)/g, '$1');

  const textOf = async (subject: object) =>
    (await page(`Test ${Math.random()}`, { organization: 'default', ...subject })).getText();

  it('opens a read-only Markdown page without a request', async () => {
    const { node } = await stage.scene.expand();
    const sent = stage.scene.sent.length;
    const document = await shown({}, node);
    assert.equal(document.languageId, 'markdown');
    assert.match(document.uri.path, /^\/host-test\.md$/);
    assert.match(document.getText(), /^# host-test\n/);
    assert.match(document.getText(), /3 projects have access/);
    assert.equal(stage.scene.sent.length, sent);
    await previewed(/host-test/);
  });

  it('shows the page of a permission, and for other rows the page of their checkpoint', async () => {
    const { node, rows } = await stage.scene.expand();
    const [permission] = rows;
    assert.ok(permission?.kind === 'permission');
    const { id } = permission.permission;
    const document = await shown({ kind: 'permission', permission: id }, permission);
    assert.ok(document.getText().includes(`| Permission | \`${id}\` |`));
    const none = (await stage.scene.expand(step)).rows[0];
    assert.equal(none?.kind, 'none');
    const ofStep = (await stage.scene.organization()).standingOf(step);
    assert.ok(
      readable((await shown({ checkpoint: step }, none)).getText()).includes(accessInWords(ofStep, 0)),
    );
    stage.scene.emulator.fail('permissions.list', faults.status(401), 1);
    await run('refreshCheckpoint', node);
    const failure = (await stage.scene.expand()).rows[0];
    assert.equal(failure?.kind, 'failure');
    const text = readable(await textOf({ kind: 'checkpoint', checkpoint }));
    const standing = (await stage.scene.organization()).standingOf(checkpoint);
    assert.ok(text.includes(doubtInWords.refreshFailed(standing, Date.now())), text);
    assert.ok(text.includes(`${properties.status} | 401`));
  });

  it('shows a project of the view By Project, also when only its own access was requested', async () => {
    const { emulator, services } = stage.scene;
    const organization = await stage.scene.organization();
    const [project = ''] =
      emulator.organization.state.checkpoints
        .get(checkpoint)
        ?.permissions.all()
        .map(({ project_id }) => project_id) ?? [];
    const put = organization.permissions.answers.reserve(checkpoint, project);
    put({ permissions: await organization.permissions.readProject(checkpoint, project), at: Date.now() });
    const rows = await services.projectsTree.getChildren();
    const node = rows.find((row) => row.kind === 'project' && row.project === project);
    assert.ok(node?.kind === 'project');
    const sent = stage.scene.sent.length;
    await run('showDetails', node);
    const text = await textOf({ kind: 'project', project });
    assert.match(text, /query for this project, loaded/);
    assert.ok(text.includes(projectExtent(1, 2, 0)));
    const [permission] = await services.projectsTree.getChildren(node);
    assert.ok(permission?.kind === 'permission');
    const { id } = permission.permission;
    assert.match(
      (await shown({ kind: 'permission', permission: id }, permission)).getText(),
      /query for this project, loaded/,
    );
    assert.equal(stage.scene.sent.length, sent);
  });

  it('is what Enter and a click on a permission open, in both views, and once', async () => {
    const { services } = stage.scene;
    const [permission] = (await stage.scene.expand()).rows;
    assert.ok(permission?.kind === 'permission');
    const sent = stage.scene.sent.length;
    const [, , project] = await services.projectsTree.getChildren();
    assert.ok(project?.kind === 'project');
    const [below] = await services.projectsTree.getChildren(project);
    assert.ok(below?.kind === 'permission');
    const drawn = services.tree.getTreeItem(permission);
    assert.equal(drawn.command, undefined, 'made when it is opened');
    const inTree = services.tree.resolveTreeItem(drawn, permission).command;
    const inProjects = services.projectsTree.resolveTreeItem(
      services.projectsTree.getTreeItem(below),
      below,
    ).command;
    assert.ok(inTree && inProjects);
    const pages = () =>
      vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.filter(({ input }) => isPreview(input)));
    for (const { command, arguments: given = [] } of [inTree, inTree]) {
      await vscode.commands.executeCommand(command, ...given);
      await previewed(/host-test/);
      assert.equal(pages().length, 1);
      assert.ok(pages()[0]?.isPreview, 'as a file that was clicked');
    }
    await vscode.commands.executeCommand(inProjects.command, ...(inProjects.arguments ?? []));
    await eventually(() => pages().length, 1);
    await run('showDetails', permission);
    await eventually(() => pages().length, 1);
    assert.equal(stage.scene.sent.length, sent);
  });

  it('asks which checkpoint is meant when called from the palette', async () => {
    stage.person.picks(['host-test · step 24']);
    assert.match((await shown({ checkpoint: step })).getText(), /Training step \| 24/);
  });

  it('updates an open page when lists are loaded', async () => {
    const { node } = await stage.scene.expand();
    const organization = await stage.scene.organization();
    const document = await page('Follows', { kind: 'checkpoint', organization: organization.id, checkpoint });
    assert.match(document.getText(), /3 projects have access/);
    const changed = new Promise<void>((resolve) => {
      const subscription = vscode.workspace.onDidChangeTextDocument((event) => {
        if (event.document !== document || !/4 projects have access/.test(document.getText())) return;
        subscription.dispose();
        resolve();
      });
    });
    stage.scene.emulator.organization.addCheckpoint(checkpoint, { permissions: 4 });
    await run('refreshCheckpoint', node);
    await changed;
  });

  it('shows nothing of an organization that is no longer shown', async () => {
    await stage.scene.expand();
    const document = await page('Left', { kind: 'checkpoint', organization: 'default', checkpoint });
    assert.match(document.getText(), /3 projects have access/);
    const changed = new Promise<void>((resolve) => {
      const subscription = vscode.workspace.onDidChangeTextDocument((event) => {
        if (event.document !== document || !document.getText().includes(headings.anotherOrganization)) return;
        subscription.dispose();
        resolve();
      });
    });
    await stage.scene.services.current.chooseSample(true);
    await changed;
    assert.doesNotMatch(document.getText(), /projects have access/);
  });

  it('shows why no organization can be shown', async () => {
    const { current, tree } = stage.scene.services;
    const changed = new Promise<void>((resolve) => {
      const subscription = current.onDidChange(() => {
        subscription.dispose();
        resolve();
      });
    });
    await setSetting('baseUrl', 'http://gateway.example/v1');
    await changed;
    const [row] = await tree.getChildren();
    assert.equal(row?.kind, 'failure');
    await run('showDetails', row);
    assert.match(await textOf({ kind: 'organization' }), /^# /);
  });

  it('has the curl command with a variable in place of the key, and the key nowhere', async () => {
    await stage.scene.expand();
    const text = await textOf({ kind: 'checkpoint', checkpoint });
    assert.ok(
      text.includes(
        `curl -sS '${stage.scene.emulator.baseURL}/fine_tuning/checkpoints/${checkpoint}/permissions?`,
      ),
    );
    assert.ok(text.includes('$OPENAI_ADMIN_KEY'));
    for (const document of vscode.workspace.textDocuments)
      assert.ok(!document.getText().includes(stage.scene.emulator.adminAPIKey));
  });
});
