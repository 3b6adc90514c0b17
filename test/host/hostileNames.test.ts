import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { linesOf, visibleLines } from '../../src/commands/plan/dialogLayout';
import { escapeForMessage, plainText } from '../../src/text/plainText';
import type { ProjectsNode } from '../../src/views/shared/nodes';
import { applyChanges } from '../../src/words/changesTab';
import { noChangeMade } from '../../src/words/outcomes';
import { faults } from '../emulator';
import { hostileBeginnings, hostileNames } from '../hostileNames';
import { checkpoint, run, step, useStage } from './support/extension';
import type { Shown } from './support/person';

const names = Object.values(hostileNames);
const labels = new Set(names.map((name) => escapeForMessage(name, 100)));
/** As a page shows them, where links and icons have no meaning. */
const plainLabels = new Set(names.map((name) => plainText(name, 100)));
/** The icons that the extension puts before a text. */
const ownIcon =
  /^\$\((question|circle-slash|package|project|person|calendar|clear-all|table|history|check|list-unordered)\) /;

describe('hostile names', () => {
  const stage = useStage(0);
  const window = vscode.window as unknown as Record<string, unknown>;
  const { withProgress, setStatusBarMessage } = vscode.window;
  let ids: string[];
  /** Titles and messages of progress, and messages of the status bar. */
  let passing: string[];

  beforeEach(async () => {
    const { state } = stage.scene.emulator.organization;
    ids = names.map((name) => state.addProject(name).id);
    ids.push(state.addProject(`${hostileNames.html} archived`, 1, 2).id);
    passing = [];
    window.withProgress = (options: vscode.ProgressOptions, task: Parameters<typeof withProgress>[1]) => {
      passing.push(options.title ?? '');
      return withProgress(options, (progress, token) => {
        const report = (value: { message?: string; increment?: number }) => {
          passing.push(value.message ?? '');
          progress.report(value);
        };
        return task({ report }, token);
      });
    };
    window.setStatusBarMessage = (text: string, hideAfter: number) => {
      passing.push(text);
      return setStatusBarMessage(text, hideAfter);
    };
  });
  afterEach(() => Object.assign(vscode.window, { withProgress, setStatusBarMessage }));

  /** Fails if a text has a link, an icon, bidi or control characters, or is too long. */
  function assertHarmless(text: string, longest: number, isOfPage = false): void {
    const own = text.replace(ownIcon, '');
    for (const line of own.split('\n')) {
      if (!isOfPage) assert.doesNotMatch(line, /\]\(|\$\(/, line);
      assert.doesNotMatch(line.replaceAll('\u200b', ''), /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u, line);
    }
    assert.ok(own.length <= longest, `${own.length} characters: ${own}`);
  }

  /** Checks every text that the person was shown, and returns them. */
  function readAll(shown: readonly Shown[] = stage.person.shown): string {
    for (const { kind, text, rows = [] } of shown) {
      const isLong = kind === 'modal' || kind === 'page';
      const parts = isLong ? text.split('\n') : kind === 'picker' ? [] : [text];
      for (const part of [...parts, ...rows]) assertHarmless(part, 1500, kind === 'page');
      // With the question.
      if (kind === 'modal') assert.ok(linesOf(text) <= visibleLines + 3, text);
    }
    for (const text of passing) assertHarmless(text, 300);
    return [...shown.flatMap(({ text, rows = [] }) => [text, ...rows]), ...passing]
      .join('\n')
      .replaceAll('\u200b', '');
  }

  function assertReadIn(text: string): void {
    for (const beginning of hostileBeginnings) assert.ok(text.includes(beginning), `${beginning} in ${text}`);
  }

  const lastPicker = () => stage.person.shown.filter(({ kind }) => kind === 'picker').slice(-1);

  it('are escaped in every part of a change: choice, preview, progress, outcome, undo', async () => {
    const { person, scene } = stage;
    const { node } = await scene.expand(step);
    await node.organization.projects.read();
    person.types(ids.join(' '));
    person.picks((label) => plainLabels.has(label)).presses(applyChanges(names.length));
    node.organization.proposals.onDidChange(() => {
      const { activity } = node.organization.proposals;
      if (activity) passing.push(activity.title, activity.message);
    });
    await run('grant', node);
    assert.equal(scene.projectsOnServer(step).length, names.length);
    const [projects] = person.shown.filter(({ kind }) => kind === 'picker');
    const [first, second] = person.shown.filter(({ kind }) => kind === 'page');
    for (const shown of [projects, first, second]) assertReadIn(readAll(shown && [shown]));
    assert.equal(first?.rows?.length, ids.length, 'every change');
    assert.equal(second?.ticked?.length, names.length);
    assert.ok(passing.some((text) => /^\d of 7: /.test(text)));

    person.cancels();
    await run('revoke', node);
    assertReadIn(readAll(lastPicker()));
    person.cancels();
    await run('undoLastChange');
    // The dialog names as many as fit, and counts the others.
    assert.match(readAll(lastPicker()), /<img src=x .* and \d more/);
    person.picks((_label, index) => index === 0).presses(applyChanges(names.length));
    await run('undoLastChange');
    assert.deepEqual(scene.projectsOnServer(step), []);
    readAll();
  });

  it('and hostile messages of a server are escaped in failures', async () => {
    const { person, scene } = stage;
    const message = names.join(' · ');
    const error = { message, type: hostileNames.markdown, param: hostileNames.icon, code: hostileNames.ansi };
    scene.emulator.fail('permissions.create', faults.status(400, { body: { error } }), 1);
    const { node } = await scene.expand(step);
    person.types(ids.slice(0, 5).join(' ')).presses('Grant');
    await run('grant', node);
    readAll();
    const told = person.told.at(-1) ?? '';
    assert.ok(told.startsWith(noChangeMade([step], true)), told);
    // The project by its name, and the server's words.
    assert.equal(told.match(/<img src=x/g)?.length, 2);
  });

  it('are escaped in copies, questions and filters', async () => {
    const { person, scene } = stage;
    const organization = await scene.organization();
    for (const project of ids) await organization.api.create(checkpoint, { project_ids: [project] });
    await organization.projects.read();
    for (const [index, label] of [...labels].entries()) {
      person.picks([label]).presses('Ask');
      await run('filterByProject');
      assertHarmless(escapeForMessage(scene.services.view.message ?? ''), 400);
      if (index > 2) continue;
      person
        .picks((shown) => shown.startsWith('From one project'))
        .picks([label])
        .cancels();
      await run('copyAccessFrom');
      await run('clearFilter');
    }
    await run('clearFilter');
    assertReadIn(readAll());
  });

  it('are escaped in the view By Project: in rows, tooltips and labels for screen readers', async () => {
    const { scene } = stage;
    const organization = await scene.organization();
    for (const project of ids) await organization.api.create(checkpoint, { project_ids: [project] });
    await organization.projects.read();
    await scene.expand(checkpoint);
    const { projectsTree } = scene.services;
    const read: string[] = [];
    const look = async (node: ProjectsNode): Promise<void> => {
      const item = projectsTree.getTreeItem(node);
      const { label, description, accessibilityInformation } = item;
      for (const text of [label, description, accessibilityInformation?.label]) {
        // Rows show no icons and no links; VS Code takes their texts as they are.
        const plain = escapeForMessage(String(text ?? ''), 10_000);
        assertHarmless(plain, 500);
        assert.equal(plain.replaceAll('\u200b', ''), String(text ?? '').trim());
      }
      read.push(String(label));
      const { tooltip } = projectsTree.resolveTreeItem(item, node);
      if (tooltip === undefined) return;
      assert.ok(typeof tooltip !== 'string');
      assert.ok(!tooltip.isTrusted && !tooltip.supportHtml);
      assert.doesNotMatch(tooltip.value, /(?<!\\)\]\(/);
      // Bare URLs would become links.
      assert.doesNotMatch(tooltip.value, /:\/\/\w|www\.\w|@\w/);
      assert.doesNotMatch(tooltip.value.replaceAll(/[\n\u200b]/g, ''), /[\p{Cc}\p{Cf}]/u);
    };
    for (const node of await projectsTree.getChildren()) {
      await look(node);
      for (const child of await projectsTree.getChildren(node)) await look(child);
    }
    assertReadIn(read.join('\n'));
  });

  it('of organizations are escaped in titles, pickers, questions and the status bar', async () => {
    const { person, scene } = stage;
    const { profiles, view, tree } = scene.services;
    const other = 'hostile-names';
    await profiles.add({ id: other, name: 'Other', baseUrl: 'https://hostile.invalid/v1' });
    const read: string[] = [];
    for (const name of names) {
      await profiles.rename('default', name);
      await tree.getChildren();
      assertHarmless(escapeForMessage(view.title ?? ''), 100);
      assertHarmless(escapeForMessage(view.message ?? ''), 400);
      const status = tree.bundle?.showStatus(scene.services.current, []);
      assert.ok(status?.text);
      assertHarmless(status.text.replace(/^\$\(organization\) /, ''), 60);
      assertHarmless(String(status.tooltip), 400);
      read.push(String(status.tooltip));
      read.push(view.title ?? '');
      person.cancels();
      await run('switchOrganization');
      person.picks((label) => label !== 'Other').cancels();
      await run('removeOrganization');
      // The same name again: the host is shown beside both.
      await profiles.rename(other, name);
      person.cancels();
      await run('switchOrganization');
      person.picks((_label, index) => index === 0).types(`${name.slice(0, 40)} again`);
      await run('renameOrganization');
      await profiles.rename(other, 'Other');
    }
    await profiles.remove(other);
    assertReadIn(read.join('\n'));
    assertReadIn(readAll());
    assert.ok(passing.some((text) => text.startsWith('$(check) Renamed to <img')));
  });
});
