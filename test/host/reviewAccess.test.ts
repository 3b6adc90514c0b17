import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { AcceptedFinding } from '../../src/access/evidence/review/accepted';
import { mostAccepted } from '../../src/access/thresholds';
import type { AccessKeys, FindingsRequest } from '../../src/protocol/findings';
import { formatInWords } from '../../src/words/exports/dialogs';
import {
  acceptFor,
  acceptTexts,
  acceptTitle,
  findingKindInWords,
  tooManyToAccept,
} from '../../src/words/findings';
import { eventually } from './support/eventually';
import { checkpoint, run, useStage } from './support/extension';

const ended = 'ft:gpt-3.5-turbo-0125:harbor-labs:bygone:Bb1Yy2Gg';

/** The keys of any rows that there can be. The page has the keys of its rows; others are ignored. */
const anyRows: readonly AccessKeys[] = Array.from({ length: 5 }, (_, checkpoint) =>
  Array.from({ length: 400 }, (_, project) => [checkpoint, project] as const),
).flat();

describe('Review Access', () => {
  const stage = useStage(3);
  const count = (endpoint: string) =>
    stage.scene.emulator.requests.filter((request) => request.endpoint === endpoint).length;
  const { showSaveDialog } = vscode.window;
  let project = '';

  beforeEach(async () => {
    const { organization } = stage.scene.emulator;
    project = organization.state.addProject('Bygone users').id;
    organization.addCheckpoint(ended, { permissions: [project] });
    await (await stage.scene.organization()).catalog.add([ended]);
  });
  afterEach(async () => {
    Object.assign(vscode.window, { showSaveDialog });
    const { accepted, staged } = await stage.scene.organization();
    staged.clear();
    await accepted.remove([finding()]);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });
  const finding = (): AcceptedFinding => ({ finding: 'shutDown', checkpoint: ended, project });

  /** Does what the page does. */
  let act: (request: FindingsRequest) => void;

  /** Opens the page, which loads the lists, and waits until the review knows the access to the ended model. */
  async function review(): Promise<void> {
    await run('reviewAccess');
    const { staged } = await stage.scene.organization();
    const [page] = (await stage.scene.services.pages.registry()).pages;
    assert.ok(page, 'the page is open');
    act = (request) => page.session.receive({ to: 'findings', request });
    await eventually(() => {
      act({ type: 'stage', rows: anyRows });
      return staged.get(ended, project) !== undefined;
    }, true);
    staged.clear();
  }

  it('opens the Access page, which loads lists and projects as it always does, and no usage data', async () => {
    await review();
    await stage.scene.emulator.idle();
    const { catalog, projects } = await stage.scene.organization();
    assert.equal(count('permissions.list'), catalog.ids.length);
    assert.equal(count('projects.list'), Math.ceil(projects.snapshot.projects.size / 100));
    assert.equal(count('usage.completions'), 0);
    await run('reviewAccess');
    await stage.scene.emulator.idle();
    assert.equal(count('permissions.list'), catalog.ids.length, 'nothing again');
    assert.deepEqual(stage.scene.changes, []);
  });

  it('loads usage data when asked', async () => {
    await review();
    act({ type: 'loadUsage' });
    await stage.scene.emulator.ended(3, 'usage.completions');
    const { usage } = await stage.scene.organization();
    await eventually(() => usage.known !== undefined, true);
    assert.equal(count('usage.completions'), 3);
  });

  it('loads model policies when asked, each project once, and finds access without effect', async () => {
    await review();
    const { emulator } = stage.scene;
    const organization = await stage.scene.organization();
    const users = [...new Set(stage.scene.projectsOnServer(checkpoint))];
    const [blocked = ''] = users;
    emulator.organization.state.modelPolicies.set(blocked, {
      object: 'project.model_permissions',
      mode: 'deny_list',
      model_ids: [checkpoint],
    });
    await emulator.idle();
    assert.equal(count('modelPermissions.retrieve'), 0);
    // What is loaded is reviewed a little later.
    await eventually(() => {
      act({ type: 'loadPolicies' });
      return organization.gates.policies.get(blocked).value !== undefined;
    }, true);
    await eventually(() => organization.gates.policyLoad.progress, undefined);
    const asked = count('modelPermissions.retrieve');
    assert.ok(asked >= users.length);
    const paths = emulator.requests
      .filter(({ endpoint }) => endpoint === 'modelPermissions.retrieve')
      .map(({ path }) => path);
    assert.equal(new Set(paths).size, asked, 'once for each');
    const ineffective: AcceptedFinding = { finding: 'withoutEffect', checkpoint, project: blocked };
    stage.person.picks((label) => label === acceptFor(90)).types('The policy is being changed');
    await eventually(() => {
      act({ type: 'stage', rows: anyRows });
      return organization.staged.get(checkpoint, blocked)?.action;
    }, 'revoke');
    organization.staged.clear();
    act({ type: 'accept', rows: anyRows });
    await eventually(() => organization.accepted.get(ineffective) !== undefined, true);
    await organization.accepted.remove([ineffective]);
    act({ type: 'loadPolicies' });
    await emulator.idle();
    assert.equal(count('modelPermissions.retrieve'), asked, 'nothing again');
  });

  it('stages revokes, and sends nothing', async () => {
    await review();
    act({ type: 'stage', rows: anyRows });
    const { staged } = await stage.scene.organization();
    assert.deepEqual(staged.get(ended, project), { checkpoint: ended, project, action: 'revoke' });
    assert.deepEqual(stage.scene.changes, []);
  });

  it('accepts a finding until a day, because of a reason, and keeps that', async () => {
    await review();
    const { person, scene } = stage;
    person.picks((label) => label === acceptFor(90)).types('  Needed until the audit is over ');
    act({ type: 'accept', rows: anyRows });
    const { accepted, id } = await scene.organization();
    await eventually(() => accepted.get(finding()) !== undefined, true);
    const { until = '', reason } = accepted.get(finding()) ?? {};
    assert.equal(reason, 'Needed until the audit is over');
    const days = (Date.parse(until) - Date.now()) / 86_400_000;
    assert.ok(days > 88 && days <= 90, until);
    assert.ok(
      person.shown.some(({ text }) => text.includes(acceptTitle(1)) || /Accept \d+ findings/.test(text)),
    );
    const kept = JSON.stringify(scene.services.stores.everywhere.get(`accepted.${id}`));
    assert.ok(kept.includes(project), 'stored for all windows');
    act({ type: 'removeAcceptance', rows: anyRows });
    await eventually(() => accepted.get(finding()) === undefined, true);
  });

  it('takes any day that is not over yet, and nothing when canceled', async () => {
    await review();
    const { person, scene } = stage;
    const { accepted } = await scene.organization();
    const today = new Date().toISOString().slice(0, 10);
    person
      .picks((label) => label === acceptTexts.otherDay)
      .types(today)
      .types('Only today');
    act({ type: 'accept', rows: anyRows });
    await eventually(() => accepted.get(finding())?.until === today, true);
    await accepted.remove([finding()]);
    for (const [typed, why] of [
      ['2020-01-01', acceptTexts.pastDay],
      ['2099-02-31', acceptTexts.invalidDay],
    ] as const) {
      person.picks((label) => label === acceptTexts.otherDay).types(typed);
      act({ type: 'accept', rows: anyRows });
      await eventually(() => person.told.includes(why), true);
    }
    person.picks((label) => label === acceptFor(30)).types('   ');
    act({ type: 'accept', rows: anyRows });
    await eventually(() => person.told.includes(acceptTexts.noReason), true);
    person.picks((label) => label === acceptFor(30)).cancels();
    const asked = new Promise<void>((resolve) => {
      person.onAsked = (text) => {
        if (text.includes(acceptTexts.reasonPrompt)) resolve();
      };
    });
    act({ type: 'accept', rows: anyRows });
    await asked;
    assert.equal(accepted.get(finding()), undefined);
  });

  it('says when no more findings can be accepted', async () => {
    await review();
    const { person, scene } = stage;
    const { accepted } = await scene.organization();
    const many = Array.from(
      { length: mostAccepted },
      (_, index): AcceptedFinding => ({
        finding: 'archived',
        checkpoint: ended,
        project: `proj_${index}`,
      }),
    );
    assert.equal(await accepted.accept(many, { reason: 'Known', until: '2099-12-31' }), true);
    person.picks((label) => label === acceptFor(30)).types('One more');
    const [beginning = ''] = tooManyToAccept(1).split(':');
    act({ type: 'accept', rows: anyRows });
    await eventually(() => person.told.some((text) => text.includes(beginning)), true);
    assert.equal(accepted.get(finding()), undefined);
    await accepted.remove(many);
  });

  it('exports the review, with what was accepted', async () => {
    await review();
    const { person, scene } = stage;
    const { accepted } = await scene.organization();
    await accepted.accept([finding()], { reason: 'Known', until: '2099-12-31' });
    const folder = await mkdtemp(join(tmpdir(), 'review-'));
    const file = join(folder, 'review.csv');
    Object.assign(vscode.window, { showSaveDialog: async () => vscode.Uri.file(file) });
    person.picks([formatInWords.csv.label]);
    act({ type: 'export' });
    await eventually(() => vscode.window.activeTextEditor?.document.uri.fsPath, file);
    const csv = await readFile(file, 'utf8');
    assert.ok(csv.includes(`${findingKindInWords.shutDown},${ended},Bygone users,${project},`), csv);
    assert.match(csv, /,2099-12-31,Known/);
    await rm(folder, { recursive: true });
  });

  it('opens the details of a permission', async () => {
    await review();
    for (const row of anyRows) act({ type: 'details', row });
    const isDetails = ({ label }: vscode.Tab): boolean => label.includes('bygone');
    await eventually(() => vscode.window.tabGroups.all.some(({ tabs }) => tabs.some(isDetails)), true);
  });
});
