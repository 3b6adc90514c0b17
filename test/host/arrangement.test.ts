import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { sorts } from '../../src/access/catalog/arrangement';
import { TreeChoices } from '../../src/views/checkpoints/treeChoices';
import type { CheckpointNode, Node } from '../../src/views/shared/nodes';
import { revokeTitle } from '../../src/words/changes';
import { filterByProjectTitle, filterQuestion, sortChoices } from '../../src/words/checkpointList';
import { shutdownSource } from '../../src/words/shutdown';
import { checkpoint, run, step, useStage } from './support/extension';
import { memory } from './support/memory';

const alone = 'ft:gpt-4.1-mini-2025-04-14:harbor-labs:alone:Aa1Ll2Oo';
const ended = 'ft:gpt-3.5-turbo-0125:harbor-labs:bygone:Bb1Yy2Gg';
const stray = 'ft:my-model:harbor-labs:stray:Ss1Tt2Rr:ckpt-step-8';

/** An input box that the test types into: setting the value of a real one fires no change event. */
class Box {
  value = '';
  title = '';
  prompt = '';
  validationMessage: vscode.InputBoxValidationMessage | undefined;
  readonly #typed = new vscode.EventEmitter<string>();
  readonly #accepted = new vscode.EventEmitter<void>();
  readonly #hidden = new vscode.EventEmitter<void>();
  readonly onDidChangeValue = this.#typed.event;
  readonly onDidAccept = this.#accepted.event;
  readonly onDidHide = this.#hidden.event;
  show: () => void = () => undefined;
  readonly shown = new Promise<void>((resolve) => {
    this.show = resolve;
  });

  type(text: string): void {
    this.value = text;
    this.#typed.fire(text);
  }

  hide(): void {
    this.#hidden.fire();
  }

  dispose(): void {}
}

describe('the arrangement of the tree', () => {
  const stage = useStage(5);
  const root = async () => (await stage.scene.services.tree.getChildren()) as Node[];
  const item = (node: Node) => stage.scene.services.tree.getTreeItem(node);
  const label = (node: Node) => String(item(node).label);
  const labels = async () => (await root()).map(label);
  const message = () => stage.scene.services.view.message ?? '';
  const spoken = (node: Node) => item(node).accessibilityInformation?.label ?? '';

  async function add(...ids: string[]): Promise<void> {
    const { emulator } = stage.scene;
    for (const id of ids) emulator.organization.addCheckpoint(id, { permissions: 1 });
    await (await stage.scene.organization()).catalog.add(ids);
  }

  /** No test here may send a request. */
  afterEach(() => assert.deepEqual(stage.scene.changes, []));

  describe('View as Tree', () => {
    beforeEach(() => add(alone, stray));

    it('groups checkpoints under their final model, and back, without a request', async () => {
      await run('groupByModel');
      assert.deepEqual(await labels(), ['host-test', 'alone', 'stray']);
      const [model, single, strayModel] = await root();
      assert.ok(model?.kind === 'model' && strayModel?.kind === 'model' && single?.kind === 'checkpoint');
      const { tree } = stage.scene.services;
      const under = (await tree.getChildren(model)) as CheckpointNode[];
      assert.deepEqual(under.map(label), ['Final model', 'Step 24']);
      assert.deepEqual(
        under.map((node) => tree.getParent(node)),
        [model, model],
      );
      assert.match(String(item(model).description), /^2 checkpoints · shuts down /);
      for (const each of under) {
        const said = `${item(each).description} ${spoken(each)}`;
        assert.doesNotMatch(said, /shuts down/, 'the row of the model says when');
      }
      assert.match(spoken(model), /^Fine-tuned model host-test, 2 checkpoints, shuts down /);
      assert.match(String(item(strayModel).description), /^1 checkpoint$/);
      await run('showAsFlatList');
      assert.deepEqual(await labels(), ['host-test', 'host-test · step 24', 'alone', 'stray · step 8']);
      assert.deepEqual(stage.scene.sent, []);
    });

    it('keeps loaded permissions, the IDs of rows, and reveals rows', async () => {
      const before = await stage.scene.expand(step);
      await run('groupByModel');
      const after = await stage.scene.expand(step);
      assert.equal(item(after.node).id, item(before.node).id);
      assert.deepEqual(
        after.rows.map((row) => item(row).id),
        before.rows.map((row) => item(row).id),
      );
      assert.equal(stage.scene.sent.length, 1);
      const ids = new Set<string | undefined>();
      for (const node of await root()) {
        ids.add(item(node).id);
        if (node.kind === 'model')
          for (const each of await stage.scene.services.tree.getChildren(node)) ids.add(item(each).id);
      }
      assert.equal(ids.size, 6);
    });

    it('runs commands on checkpoints under a model as on any', async () => {
      await run('groupByModel');
      const { node } = await stage.scene.expand(step);
      await run('copyCheckpointId', node);
      assert.equal(await vscode.env.clipboard.readText(), step);
    });

    it('copies the ID of a model by its key, and offers only its checkpoints to revoke', async () => {
      await run('groupByModel');
      const models = (await root()).filter((node) => node.kind === 'model');
      const [several, one] = models;
      assert.ok(several && one);
      await run('copyPermissionId', several);
      assert.equal(await vscode.env.clipboard.readText(), checkpoint);
      stage.person.cancels();
      await run('revoke', several);
      assert.equal(
        stage.person.shown.at(-1)?.text,
        `${revokeTitle} · host-test · host-test, host-test · step 24`,
      );
      // The only checkpoint of a model is taken without a question.
      for (const name of ['revoke', 'copyProjectId'] as const) {
        stage.person.cancels();
        await run(name, one);
        assert.match(
          stage.person.shown.at(-1)?.text ?? '',
          /· stray · step 8 · Select permissions · 1 permission in total/,
          name,
        );
      }
    });
  });

  describe('Sort Checkpoints By…', () => {
    beforeEach(() => add(alone));

    it('by name, by date and by number of permissions, without a request, and says so', async () => {
      stage.person.picks([sortChoices.name.label]);
      await run('sortBy');
      assert.deepEqual(await labels(), ['alone', 'host-test', 'host-test · step 24']);
      assert.match(message(), /^Sorted by name\.$/);
      stage.person.picks([sortChoices.permissions.label]);
      await run('sortBy');
      assert.deepEqual(await labels(), ['host-test', 'host-test · step 24', 'alone'], 'nothing is known');
      await stage.scene.expand(alone);
      assert.deepEqual(await labels(), ['alone', 'host-test', 'host-test · step 24']);
      assert.match(message(), /^Sorted by number of loaded permissions\.$/);
      stage.person.picks([sortChoices.date.label]);
      await run('sortBy');
      await (await stage.scene.organization()).catalog.add([{ id: step, findings: [], createdAt: 4e9 }]);
      assert.deepEqual(await labels(), ['host-test · step 24', 'alone', 'host-test']);
      assert.equal(stage.scene.sent.length, 1);
    });

    it('explains each order in the picker and marks the current one; canceled, nothing changes', async () => {
      const asked: vscode.QuickPickItem[] = [];
      const pick = vscode.window.showQuickPick;
      (vscode.window as { showQuickPick: unknown }).showQuickPick = (
        items: vscode.QuickPickItem[],
        options: vscode.QuickPickOptions,
      ) => {
        asked.push(...items);
        return pick(items, options);
      };
      stage.person.cancels();
      await run('sortBy');
      assert.deepEqual(
        asked.map(({ description }) => description),
        ['current', undefined, undefined, undefined, undefined],
      );
      assert.deepEqual(
        asked.map(({ detail }) => detail),
        sorts.map((sort) => sortChoices[sort].detail),
      );
      assert.deepEqual(await labels(), ['host-test', 'host-test · step 24', 'alone']);
      assert.equal(message(), '');
    });

    it('puts shut-down models last, marks them, and reads that aloud', async () => {
      await (await stage.scene.organization()).catalog.remove([checkpoint]);
      await add(ended, checkpoint);
      for (const way of sorts.map((sort) => sortChoices[sort].label)) {
        stage.person.picks([way]);
        await run('sortBy');
        assert.equal((await labels()).at(-1), 'bygone', way);
      }
      const last = (await root()).at(-1);
      assert.ok(last);
      assert.match(String(item(last).description), /shut down Oct 23, 2026/);
      assert.match(spoken(last), /shut down Oct 23, 2026/);
      assert.equal((item(last).iconPath as vscode.ThemeIcon).id, 'stop-circle');
    });
  });

  describe('Filter Checkpoints…', () => {
    beforeEach(() => add(alone, stray));

    it('shows matching rows and their number, without a request', async () => {
      stage.person.types('host 24');
      await run('filter');
      assert.deepEqual(await labels(), ['host-test · step 24']);
      assert.match(message(), /^Filtered by “host 24”: 1 of 4 shown\./);
      await run('clearFilter');
      assert.equal((await labels()).length, 4);
      assert.equal(message(), '');
      assert.deepEqual(stage.scene.sent, []);
    });

    it('previews the result of each change of the text, and restores the list on Escape', async () => {
      const { choices } = stage.scene.services;
      const box = new Box();
      (vscode.window as { createInputBox: unknown }).createInputBox = () => box;
      const done = run('filter');
      await box.shown;
      assert.match(box.prompt, /^4 of 4 shown\./);
      for (const [text, expected] of [
        ['alo', ['alone']],
        ['st', ['host-test', 'host-test · step 24', 'stray · step 8']],
      ] as const) {
        box.type(text);
        assert.deepEqual(await labels(), expected);
        assert.match(box.prompt, new RegExp(`^${expected.length} of 4 shown\\.`));
      }
      box.hide();
      await done;
      assert.equal((await labels()).length, 4);
      assert.deepEqual(choices.filterOf(await stage.scene.organization()), {});
      assert.deepEqual(stage.scene.sent, []);
    });

    it('without matches says so instead of the welcome, and a group shows its matching rows', async () => {
      stage.person.types('no such thing');
      await run('filter');
      assert.deepEqual(await labels(), []);
      assert.match(message(), /“no such thing”: 0 of 4 shown\..* To show all, use Clear Filter\./);
      stage.person.types('step 24');
      await run('filter');
      await run('groupByModel');
      const [model] = await root();
      assert.ok(model);
      assert.match(String(item(model).description), /^1 of 2 checkpoints shown/);
    });

    it('with an empty text is no filter', async () => {
      stage.person.types('alone').types('');
      await run('filter');
      await run('filter');
      assert.equal((await labels()).length, 4);
      assert.equal(message(), '');
    });

    it('puts hostile text in its place', async () => {
      stage.person.types('x\u202e\u0007');
      await run('filter');
      await root();
      // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters must not be there.
      assert.doesNotMatch(message(), /[\u0000-\u001f\u202e]/);
    });

    it('refuses a key: it is neither shown nor stored', async () => {
      const key = ['sk', 'admin', 'typed-by-mistake'].join('-');
      stage.person.types(`bot ${key}`);
      await run('filter');
      assert.match(stage.person.told.join('\n'), /looks like an API key/);
      await root();
      assert.deepEqual(stage.scene.services.choices.filterOf(await stage.scene.organization()), {});
      assert.ok(!message().includes('sk-'));
      const { everywhere, window } = stage.scene.services.stores;
      for (const memory of [everywhere, window])
        for (const name of memory.keys()) assert.ok(!JSON.stringify(memory.get(name)).includes(key), name);
    });

    it('says for how many hidden checkpoints projects are not fully loaded', async () => {
      stage.person.types('alone');
      await run('filter');
      assert.deepEqual(await labels(), ['alone']);
      assert.match(
        message(),
        /1 of 4 shown\. 3 hidden checkpoints aren't fully loaded and may also match\.$/,
      );
      const organization = await stage.scene.organization();
      await organization.permissions.read(step);
      await root();
      assert.match(
        message(),
        /1 of 4 shown\. 2 hidden checkpoints aren't fully loaded and may also match\.$/,
        'nobody has the step',
      );
      await organization.permissions.read(checkpoint);
      await root();
      assert.match(message(), /2 hidden checkpoints aren't fully loaded/, 'of its projects no name is known');
      await organization.projects.read();
      await root();
      assert.match(message(), /1 hidden checkpoint isn't fully loaded/);
    });

    it('marks hidden checkpoints stale on Refresh, too', async () => {
      const organization = await stage.scene.organization();
      await organization.permissions.read(step);
      const { choices } = stage.scene.services;
      await choices.filterBy(organization, { project: 'proj_of_nobody' });
      assert.ok(!(await labels()).includes('host-test · step 24'), 'nobody has it');
      await run('refresh');
      assert.ok((await labels()).includes('host-test · step 24'), 'it is not known any more');
      assert.match(message(), /Access is unknown for 4 of them\./);
    });

    it('belongs to one organization', async () => {
      stage.person.types('alone');
      await run('filter');
      await run('exploreSample');
      await root();
      assert.doesNotMatch(message(), /Filtered/);
      await run('leaveSample');
      assert.deepEqual(await labels(), ['alone']);
    });
  });

  describe('Filter by Upcoming Shutdown', () => {
    it('shows checkpoints that are shared or not loaded, and counts both', async () => {
      const organization = await stage.scene.organization();
      const day = 24 * 60 * 60 * 1000;
      const in30 = new Date(Date.now() + 30 * day).toISOString().slice(0, 10);
      const late = new Date(Date.now() + 400 * day).toISOString().slice(0, 10);
      await add(alone, stray, ended);
      for (const [id, shutdownDate] of [
        [checkpoint, in30],
        [step, in30],
        [alone, in30],
        [stray, late],
      ] as const) {
        await organization.catalog.add([{ id, findings: [], shutdownDate }]);
      }
      await stage.scene.expand(checkpoint);
      await stage.scene.expand(step);
      const before = stage.scene.sent.length;
      await run('showWhatEndsSoon');
      assert.deepEqual(await labels(), ['host-test', 'alone'], 'nobody uses the step');
      assert.match(
        message(),
        /^Filtered by upcoming shutdown \(shared, within 60 days\): 2 of 5 shown\. 1 of them isn't loaded, so it may not be shared\. 1 checkpoint in your list has already shut down\.$/,
      );
      const [first] = await root();
      assert.match(spoken(first as Node), /shuts down \w+ \d+, \d{4} \((29|30) days\)/);
      await run('clearFilter');
      assert.equal((await labels()).length, 5);
      assert.equal(stage.scene.sent.length, before);
    });

    it('says how many hidden checkpoints have no known shutdown date', async () => {
      await add(stray);
      await (await stage.scene.organization()).catalog.add([
        { id: checkpoint, findings: [], shutdownDate: '2001-01-01' },
        { id: step, findings: [], shutdownDate: '2001-01-01' },
      ]);
      await run('showWhatEndsSoon');
      assert.deepEqual(await labels(), []);
      assert.match(message(), /0 of 3 shown\..* 1 checkpoint in your list has no known shutdown date\./);
    });

    it('says the source of the shutdown date in the tooltip', async () => {
      const { tree } = stage.scene.services;
      const [first] = await root();
      assert.ok(first);
      const tooltip = () =>
        (tree.resolveTreeItem(item(first), first).tooltip as vscode.MarkdownString).value
          .replace(/\\(.)/g, '$1')
          .replaceAll('&nbsp;', ' ');
      assert.ok(tooltip().includes(shutdownSource({ shutsDownOn: '', source: 'table' })), tooltip());
      await (await stage.scene.organization()).catalog.add([
        { id: checkpoint, findings: [], shutdownDate: '2030-01-01' },
      ]);
      assert.match(tooltip(), /shuts down Jan 1, 2030 .* · shutdown date reported by the API/);
    });
  });

  it('is stored for the window, and damaged state counts as no choice', async () => {
    const kept = memory();
    const first = new TreeChoices(kept);
    await first.arrangeBy({ grouping: 'model', sort: 'date' });
    await first.filterBy({ id: 'a' }, { text: 'bot', endsWithin: 60 });
    first.preview({ id: 'a' }, { text: 'not kept' });
    const second = new TreeChoices(kept);
    assert.deepEqual(second.arrangement, { grouping: 'model', sort: 'date' });
    assert.deepEqual(second.filterOf({ id: 'a' }), { text: 'bot', endsWithin: 60 });
    assert.deepEqual(second.filterOf({ id: 'b' }), {});
    for (const damaged of ['x', 7, null, { grouping: 1, sort: 'constructor' }]) {
      await kept.update('arrangement', damaged);
      await kept.update('filters', damaged);
      const third = new TreeChoices(kept);
      assert.deepEqual(third.arrangement, { grouping: 'flat', sort: 'added' });
      assert.deepEqual(third.filterOf({ id: 'grouping' }), {});
    }
  });

  it('the icon of a set filter edits it: its text, or its project alone', async () => {
    const { choices } = stage.scene.services;
    const organization = await stage.scene.organization();
    await choices.filterBy(organization, { text: 'host' });
    stage.person.types('step');
    await run('editFilter');
    assert.match(stage.person.shown.at(-1)?.text ?? '', new RegExp(filterQuestion.title));
    assert.deepEqual(choices.filterOf(organization), { text: 'step' });
    await choices.filterBy(organization, { project: 'proj_a' });
    stage.person.cancels();
    await run('editFilter');
    assert.match(stage.person.shown.at(-1)?.text ?? '', new RegExp(filterByProjectTitle));
    assert.deepEqual(choices.filterOf(organization), { project: 'proj_a' });
  });

  it('asks to set a key when there is no organization to filter', async () => {
    await stage.scene.forgetAll();
    for (const name of ['filter', 'clearFilter', 'showWhatEndsSoon'] as const) await run(name);
    assert.equal(stage.person.told.filter((text) => text.startsWith('No admin API key is set')).length, 3);
  });
});
