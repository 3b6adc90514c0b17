import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import * as vscode from 'vscode';
import { HistoryFilters } from '../../src/views/history/filters';
import type { HistoryTree } from '../../src/views/history/historyTree';
import type { HistoryNode } from '../../src/views/history/nodes';
import {
  changeNotesInWords,
  daysQuestion,
  filterHistoryKinds,
  historyFailureInWords,
  loadLogRow,
  nothingRow,
} from '../../src/words/history';
import { faults } from '../emulator';
import { checkpoint, run, step, useStage } from './support/extension';
import { memory } from './support/memory';

const hostile = `<img src=x onerror=alert(1)> [x](command:evil) $(bug) \u202egnp \u001b[31m =1+1 ${'x'.repeat(10_000)}`;

describe('the history', () => {
  const stage = useStage(150);
  let opened: HistoryTree;
  const tree = () => opened;
  const shown = async () => (await tree().getChildren()) as HistoryNode[];
  const history = async () => tree().histories.of(await stage.scene.organization());
  /** The rows with the audit log, loaded as by its row. */
  const rows = async () => {
    await (await history()).read();
    return shown();
  };
  const item = (node: HistoryNode) => tree().getTreeItem(node);
  const spoken = (node: HistoryNode) => item(node).accessibilityInformation?.label ?? '';
  const logReads = () => stage.scene.requests.filter(({ endpoint }) => endpoint === 'auditLogs.list').length;
  const changes = (nodes: readonly HistoryNode[]) => nodes.filter(({ kind }) => kind === 'change');
  const message = () => stage.scene.services.history.message ?? '';
  const read = async () => {
    const nodes = await rows();
    // Names load beside the rows, which don’t wait for them.
    await (await stage.scene.organization()).projects.read();
    return nodes;
  };
  beforeEach(async () => {
    // The journal of this profile has the changes of earlier tests.
    await rm(stage.scene.services.journals.folder, { recursive: true, force: true });
    opened = await stage.scene.services.history.open();
    await opened.filterBy(await stage.scene.organization(), {});
  });

  it('Truth 28: sends nothing when it is shown: it has the changes of this computer, and a row that loads', async () => {
    const { node } = await stage.scene.expand(step);
    const organization = await stage.scene.organization();
    stage.person.types(stage.scene.newProject()).presses('Grant');
    await run('grant', node);
    const before = stage.scene.requests.length;
    await run('showHistory');
    await run('showHistoryOf', node);
    const [load, own, ...others] = await shown();
    assert.equal(stage.scene.requests.length, before, 'showing is not asking');
    assert.deepEqual([load?.kind, own?.kind, others], ['loadLog', 'change', []]);
    assert.ok(load);
    const { label, description, command } = item(load);
    const requests = organization.projectsStanding.state === 'notLoaded' ? 2 : 1;
    const row = loadLogRow(requests);
    assert.deepEqual([label, description, spoken(load)], [row.label, row.description, row.spoken]);
    assert.ok(command);
    await vscode.commands.executeCommand(command.command, ...(command.arguments ?? []));
    assert.equal(logReads(), 1);
    assert.ok(!(await shown()).some(({ kind }) => kind === 'loadLog'));
    await run('showHistory');
    await shown();
    assert.equal(logReads(), 1, 'it is kept');
  });

  it('loads one page when it is asked to, and each older one on request', async () => {
    await shown();
    assert.equal(logReads(), 0);
    await run('refreshHistory');
    const first = await shown();
    assert.equal(logReads(), 1);
    assert.equal(changes(first).length, 100);
    assert.equal(first.at(-1)?.kind, 'older');
    assert.match(spoken(first.at(-1) as HistoryNode), /with one request/);
    await rows();
    assert.equal(logReads(), 1);
    await run('loadOlderHistory');
    assert.equal(logReads(), 2);
    assert.ok(changes(await rows()).length > 100);
    await run('refreshHistory');
    assert.equal(logReads(), 3);
  });

  it('says when, who and what, in the row and to screen readers', async () => {
    const node = changes(await read()).find((each) => spoken(each).includes('checkpoint host-test,'));
    assert.ok(node);
    const { label, description, id } = item(node);
    assert.match(String(label), / · host-test$/);
    assert.match(String(description), /^granted .*(ago|just now) · .*@.* · cp_/);
    assert.match(spoken(node), /^Granted .*: project .*, checkpoint host-test, by .*, permission cp_/);
    assert.ok(id?.startsWith('default/history/log/'));
    const tooltip = tree().resolveTreeItem(item(node), node).tooltip as vscode.MarkdownString;
    assert.match(tooltip.value, /Audit&nbsp;log&nbsp;event/);
    assert.notEqual(tooltip.isTrusted, true);
  });

  it('names the project of a revoked permission, or says that it is unknown', async () => {
    const { emulator } = stage.scene;
    const organization = await stage.scene.organization();
    const permissions = emulator.organization.state.checkpoints.get(checkpoint)?.permissions.all() ?? [];
    const [oldest, newest] = [permissions[0], permissions.at(-1)];
    assert.ok(oldest && newest);
    for (const { id } of [oldest, newest])
      await organization.api.delete(id, { fine_tuned_model_checkpoint: checkpoint });
    const [unknown = ''] = changeNotesInWords(['originNotLoaded']);
    const [one, two] = changes(await read())
      .slice(0, 2)
      .map(spoken);
    const both = [one, two].join('\n');
    assert.match(both, /^Revoked .*: project .*, checkpoint host-test/m);
    assert.match(
      both,
      new RegExp(`^Revoked .*: permission ${oldest.id}, by .*, ${unknown.replace(/[()]/g, '\\$&')}`, 'm'),
    );
  });

  it('shows a failure as a row, never as an empty history', async () => {
    stage.scene.emulator.fail('auditLogs.list', faults.status(403));
    const nodes = await rows();
    assert.deepEqual(
      nodes.map(({ kind }) => kind),
      ['failure'],
    );
    const { label, description } = item(nodes[0] as HistoryNode);
    const { title } = historyFailureInWords({ of: 'newest', isFirst: true, error: undefined });
    assert.equal(label, title);
    assert.match(String(description), /isn't allowed/);
    await rows();
    assert.equal(logReads(), 1, 'it is not tried again by itself');
  });

  it('keeps the rows when older ones fail, with a row that says so', async () => {
    await rows();
    stage.scene.emulator.fail('auditLogs.list', faults.status(403), 1);
    await run('loadOlderHistory');
    const nodes = await rows();
    assert.equal(changes(nodes).length, 100);
    assert.deepEqual(
      nodes.slice(-2).map(({ kind }) => kind),
      ['failure', 'older'],
    );
    await run('loadOlderHistory');
    assert.ok(!(await rows()).some(({ kind }) => kind === 'failure'));
  });

  it('is filtered by checkpoint, project, person and time, says so, and is cleared', async () => {
    const { person } = stage;
    const all = changes(await read()).length;
    person.picks([filterHistoryKinds.checkpoint]).picks((label) => label === 'host-test · step 24');
    await run('filterHistory');
    const none = await rows();
    assert.equal(none[0]?.kind, 'nothing');
    assert.equal(spoken(none[0] as HistoryNode), nothingRow({ filtered: true, whole: false }).spoken);
    assert.match(message(), /Filtered by host-test · step 24: 0 of 100 shown\./);
    await run('clearHistoryFilter');
    assert.equal(changes(await rows()).length, all);

    person.picks([filterHistoryKinds.person]).picks((label, index) => index === 1 && label !== '');
    await run('filterHistory');
    const some = changes(await rows()).length;
    assert.ok(some > 0 && some < all, `${some} of ${all}`);
    person.picks([filterHistoryKinds.time]).picks([daysQuestion.custom]).types('2031-02-31');
    await run('filterHistory');
    assert.equal(changes(await rows()).length, some, 'what is no day changes nothing');
    person
      .picks([filterHistoryKinds.time])
      .picks([daysQuestion.custom])
      .types('2001-01-01')
      .types('2001-01-02');
    await run('filterHistory');
    assert.equal(changes(await rows()).length, 0);
    assert.match(message(), /by .* · Jan 1, 2001 to Jan 2, 2001 UTC: /);
    person.picks([filterHistoryKinds.project]).cancels();
    await run('filterHistory');
    assert.equal(logReads(), 1);
  });

  it('stores its filter by organization, and damaged state counts as no filter', async () => {
    const kept = memory();
    const filter = { checkpoint: step, person: { kind: 'account', id: 'a person' } as const, from: 1 };
    await new HistoryFilters(kept).set('a', filter);
    assert.deepEqual(new HistoryFilters(kept).get('a'), filter);
    assert.deepEqual(new HistoryFilters(kept).get('b'), {});
    await kept.update('historyFilter.a', { person: 'this computer: ines' });
    assert.deepEqual(new HistoryFilters(kept).get('a'), { person: { kind: 'account', id: 'ines' } });
    for (const damaged of ['x', 7, null, { checkpoint: 1, from: 'x', constructor: 'y' }]) {
      await kept.update('historyFilter.a', damaged);
      assert.deepEqual(new HistoryFilters(kept).get('a'), {});
    }
    const { id } = await stage.scene.organization();
    await tree().filterBy({ id }, { project: 'proj_a' });
    assert.deepEqual(stage.scene.services.stores.window.get(`historyFilter.${id}`), { project: 'proj_a' });
    await tree().filterBy({ id }, {});
    assert.equal(stage.scene.services.stores.window.get(`historyFilter.${id}`), undefined);
  });

  it('of one checkpoint is shown from its row', async () => {
    const { node } = await stage.scene.expand(step);
    await run('showHistory', node);
    assert.deepEqual(tree().filterOf(await stage.scene.organization()), {}, 'a title passes the focused row');
    await run('showHistoryOf', node);
    assert.deepEqual(tree().filterOf(await stage.scene.organization()), { checkpoint: step });
  });

  it('copies the IDs of its rows', async () => {
    const nodes = changes(await rows()) as Extract<HistoryNode, { kind: 'change' }>[];
    const [one, two] = nodes;
    assert.ok(one && two);
    await run('copyHistoryPermissionId', one, [one, two]);
    const { permission: first } = one.change;
    assert.equal(await vscode.env.clipboard.readText(), `${first}\n${two.change.permission}`);
    await run('copyHistoryProjectId', one);
    assert.equal(await vscode.env.clipboard.readText(), one.change.project);
    await run('copyHistoryCheckpointId', one);
    assert.equal(await vscode.env.clipboard.readText(), one.change.checkpoint);
  });

  it('never shows late rows of another organization', async () => {
    const { emulator, services } = stage.scene;
    const gate = emulator.hold('auditLogs.list');
    const late = rows();
    await emulator.requested(1, 'auditLogs.list');
    const drawn = shown();
    await services.current.chooseSample(true);
    gate.release();
    const nodes = [...(await late), ...(await drawn)];
    assert.ok(nodes.length > 1);
    for (const node of nodes) assert.equal(node.organization?.isSample, true);
    assert.match(message(), /Sample organization/);
    await services.current.chooseSample(false);
    const [own] = await shown();
    assert.equal(own?.organization?.isSample, false);
    assert.equal(own?.kind, 'loadLog', 'an aborted load is not repeated by itself');
  });

  it('escapes a hostile name', async () => {
    const { emulator } = stage.scene;
    const { id } = emulator.organization.state.addProject(hostile);
    await (await stage.scene.organization()).api.create(checkpoint, { project_ids: [id] });
    const [node] = await read();
    assert.ok(node);
    const { label, description } = item(node);
    for (const text of [String(label), String(description), spoken(node)]) {
      assert.doesNotMatch(text, /[\p{Cc}\p{Cf}]/u);
      assert.ok(text.length < 500, `${text.length}`);
    }
    const tooltip = tree().resolveTreeItem(item(node), node).tooltip as vscode.MarkdownString;
    assert.doesNotMatch(tooltip.value, /(?<!\\)\]\(/);
    assert.notEqual(tooltip.isTrusted, true);
    assert.notEqual(tooltip.supportHtml, true);
    stage.person.picks([filterHistoryKinds.project]).cancels();
    await run('filterHistory');
    const { text = '' } = stage.person.shown.at(-1) ?? {};
    assert.doesNotMatch(text, /\$\(bug\)|[\p{Cc}\u202e]/u);
  });
});
