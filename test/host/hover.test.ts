import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { commandIds } from '../../src/ids';
import { hoverCommands } from '../../src/views/hover/links';
import { accessInWords } from '../../src/words/access';
import { hiddenByFilter, notListed } from '../../src/words/checkpointList';
import { accessUnknown, hoverLinks } from '../../src/words/hover';
import { shutdownLine } from '../../src/words/shutdown';
import { doubtInWords } from '../../src/words/standing';
import { faults } from '../emulator';
import { checkpoint, run, setSetting, step, useStage } from './support/extension';

const other = 'ft:gpt-4o-2024-08-06:harbor-labs::Third123';

describe('hovering over an id in an editor', () => {
  const stage = useStage(7);
  afterEach(() => setSetting('hover', undefined));

  const standing = async (id = checkpoint) => (await stage.scene.organization()).standingOf(id);

  const open = async (content: string, language = 'plaintext') =>
    vscode.workspace.openTextDocument({ content, language });

  /** The hovers at a place of the first line. */
  async function hovers(document: vscode.TextDocument, character: number): Promise<vscode.Hover[]> {
    const position = new vscode.Position(0, character);
    return vscode.commands.executeCommand('vscode.executeHoverProvider', document.uri, position);
  }

  async function only(content: string, character = content.indexOf('ft:') + 5) {
    const [hover, ...rest] = await hovers(await open(content), character);
    assert.ok(hover && rest.length === 0);
    const [markdown] = hover.contents as vscode.MarkdownString[];
    assert.ok(markdown);
    return { hover, markdown, text: markdown.value.replace(/\\(.)/g, '$1') };
  }

  it('shows loaded access without a request', async () => {
    const { text: before } = await only(`model = "${checkpoint}"`);
    assert.ok(before.includes(accessInWords(await standing(), 0)));
    await stage.scene.expand();
    const { text } = await only(`model = "${checkpoint}"`);
    assert.ok(text.includes(`${accessInWords(await standing(), 7)}** · loaded just now`), text);
    assert.match(text, /and 2 more/);
    assert.deepEqual(
      stage.scene.sent.filter((request) => request.includes('permissions')),
      ['GET permissions.list'],
    );
    const sent = stage.scene.sent.length;
    for (const id of [checkpoint, step, other, checkpoint]) await only(id);
    assert.equal(stage.scene.sent.length, sent, 'hovering is free');
  });

  it('says that loading failed, that it is old, and that there is more', async () => {
    stage.scene.emulator.fail('permissions.list', faults.status(401), 1);
    await stage.scene.expand();
    assert.ok((await only(checkpoint)).text.includes(accessInWords(await standing(), 0)));
    stage.scene.emulator.organization.addCheckpoint(checkpoint, { permissions: 130 });
    await run('refreshCheckpoint', stage.scene.services.tree.nodeOf(checkpoint));
    assert.ok((await only(checkpoint)).text.includes(accessInWords(await standing(), 100)));
    const { permissions } = await stage.scene.organization();
    permissions.changed(checkpoint);
    const { text } = await only(checkpoint);
    assert.ok(text.includes(doubtInWords.beforeYourChange(await standing(), Date.now())), text);
  });

  it('covers exactly the ID, also at its end', async () => {
    const content = `a openai/${checkpoint}, draft:${checkpoint.slice(3)}`;
    const start = content.indexOf('ft:');
    const { hover } = await only(content, start + checkpoint.length);
    assert.deepEqual(hover.range, new vscode.Range(0, start, 0, start + checkpoint.length));
    const document = await open(content);
    for (const place of [0, start - 1, start + checkpoint.length + 1, content.length - 3])
      assert.deepEqual(await hovers(document, place), []);
  });

  it('allows its own commands only, and no HTML', async () => {
    const { markdown } = await only(checkpoint);
    assert.deepEqual(markdown.isTrusted, { enabledCommands: hoverCommands.map((name) => commandIds[name]) });
    assert.ok(!markdown.supportHtml);
  });

  it('works in any language, in untitled files, in long lines and for every kind of id', async () => {
    for (const language of ['python', 'json', 'markdown', 'log', 'yaml']) {
      const content = `{"model": "${checkpoint}"}`;
      const [hover] = await hovers(await open(content, language), content.indexOf('ft:'));
      assert.ok(hover, language);
    }
    const long = `${'x'.repeat(500_000)} ${checkpoint} ${'y'.repeat(500_000)}`;
    assert.match((await only(long)).text, /host-test/);
    const azure = `gpt-4o-mini-2024-07-18.ft-${'0a'.repeat(16)}`;
    assert.match((await only(azure, 3)).text, /Azure manages its access/);
    assert.match(
      (await only('davinci:ft-acme-2023-08-24-16-25-55', 3)).text,
      /of the retired fine-tunes API/,
    );
  });

  it('works in a notebook', async () => {
    const cell = new vscode.NotebookCellData(vscode.NotebookCellKind.Code, `m = "${checkpoint}"`, 'python');
    const notebook = await vscode.workspace.openNotebookDocument(
      'jupyter-notebook',
      new vscode.NotebookData([cell]),
    );
    const [hover] = await hovers(notebook.cellAt(0).document, 8);
    assert.ok(hover);
  });

  it('can be disabled by the setting', async () => {
    await setSetting('hover', false);
    assert.deepEqual(await hovers(await open(checkpoint), 5), []);
    await setSetting('hover', true);
    assert.equal((await hovers(await open(checkpoint), 5)).length, 1);
  });

  it('explains the id without a key, and offers to set one', async () => {
    await stage.scene.forgetAll();
    const { text } = await only(checkpoint);
    const why = accessUnknown.none(stage.scene.services.current.profile.name);
    // The host of the name is code, so that no renderer links it.
    assert.ok(text.replaceAll('`', '').includes(why), text);
    assert.ok(text.includes(shutdownLine({ shutsDownOn: '2027-01-14', source: 'table' }, Date.now())), text);
    assert.ok(
      text.includes(`[${hoverLinks.setAdminKey[0]}](command:checkpointPermissions.setAdminKey `),
      text,
    );
  });

  describe('and following its links', () => {
    const link = async (id: string) => ({
      checkpoint: id,
      organization: (await stage.scene.organization()).id,
    });

    it('Check Who Has Access: sends one request and shows the result', async () => {
      await run('readAccess', await link(checkpoint));
      assert.deepEqual(stage.scene.sent, ['GET permissions.list']);
      assert.match(
        stage.person.told[0] ?? '',
        /^host-test: 7 projects have access · loaded just now · owner unknown\. Projects: .*, and 2 more\.$/,
      );
      assert.ok((await only(checkpoint)).text.includes(accessInWords(await standing(), 7)));
    });

    it('Check Who Has Access: says that it failed, never that no one has access', async () => {
      stage.scene.emulator.fail('permissions.list', faults.status(404), 1);
      await run('readAccess', await link(other));
      assert.equal(stage.person.told.length, 1);
      assert.doesNotMatch(stage.person.told[0] ?? '', /No permissions|have access/);
      assert.ok((await only(other)).text.includes(accessInWords(await standing(other), 0)));
    });

    it('Grant Access…: grants access to the hovered checkpoint, listed or not, after the usual questions', async () => {
      stage.scene.emulator.organization.addCheckpoint(other);
      const project = stage.scene.newProject();
      const { organization } = await link(other);
      stage.person.types(project).presses('Grant');
      await run('grant', { checkpoint: other, organization });
      assert.deepEqual(stage.scene.projectsOnServer(other), [project]);
    });

    it('Copy ID: copies the ID, also without an organization', async () => {
      await stage.scene.forgetAll();
      await run('copyCheckpointId', { checkpoint: other });
      assert.equal(await vscode.env.clipboard.readText(), other);
    });

    it('Add to List: adds the checkpoint with its source, without a request', async () => {
      await run('addCheckpoint', await link(other));
      const { catalog } = await stage.scene.organization();
      assert.deepEqual(
        catalog.entry(other)?.findings.map(({ in: place }) => place),
        ['openFile'],
      );
      assert.deepEqual(stage.scene.changes, []);
    });

    it('Show in Sidebar: offers to add a checkpoint that isn’t listed, and adds it only then', async () => {
      await run('showInSidebar', await link(other));
      const { catalog } = await stage.scene.organization();
      assert.equal(stage.person.told[0], notListed(other));
      assert.ok(!catalog.has(other));
      const added = new Promise<void>((resolve) => catalog.onDidChange(() => resolve()));
      stage.person.willPressInMessage('Add to List');
      await run('showInSidebar', await link(other));
      await added;
      assert.ok(catalog.has(other));
    });

    it('Show in Sidebar: says that a filter hides the checkpoint, and offers to clear it', async () => {
      const organization = await stage.scene.organization();
      const { choices, tree } = stage.scene.services;
      await choices.filterBy(organization, { text: 'nothing-of-this-name' });
      const cleared = new Promise<void>((resolve) => {
        const subscription = choices.onDidChange(() => {
          subscription.dispose();
          resolve();
        });
      });
      stage.person.willPressInMessage('Clear Filter');
      await run('showInSidebar', await link(checkpoint));
      assert.equal(stage.person.told[0], hiddenByFilter([checkpoint]));
      await cleared;
      await tree.getChildren();
      assert.ok(tree.nodeOf(checkpoint));
    });

    it('rejects a link of an organization that is not shown', async () => {
      for (const command of [
        'grant',
        'readAccess',
        'addCheckpoint',
        'showInSidebar',
        'showDetails',
      ] as const) {
        await run(command, { checkpoint: other, organization: 'another' });
        assert.match(stage.person.told.at(-1) ?? '', /You switched organizations or keys/, command);
      }
      assert.deepEqual(stage.scene.sent, []);
      assert.ok(!(await stage.scene.organization()).catalog.has(other));
    });

    for (const wrong of [
      'ft:gpt-4.1:org',
      `${checkpoint} `,
      `${checkpoint}/../x`,
      'ft:a:b:c:[x](command:y)',
      { toString: () => checkpoint },
      null,
    ]) {
      it(`takes ${JSON.stringify(wrong)} for no id, and asks instead`, async () => {
        for (const command of ['grant', 'readAccess', 'copyCheckpointId', 'showInSidebar'] as const) {
          stage.person.cancels();
          await run(command, { checkpoint: wrong, organization: 'default' });
          assert.equal(stage.person.shown.at(-1)?.kind, 'picker', command);
        }
        assert.deepEqual(stage.scene.sent, []);
      });
    }
  });
});
