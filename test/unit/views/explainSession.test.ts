import assert from 'node:assert/strict';
import { gateKinds } from '../../../src/access/explain/gates';
import type { Organization } from '../../../src/access/organization';
import { decisionAge } from '../../../src/access/thresholds';
import {
  type ExplainUpdate,
  parseExplainRequest,
  parseExplainUpdate,
  type ShownExplanation,
} from '../../../src/protocol/explain';
import type { PageActions } from '../../../src/views/access/actions';
import { ExplainSession } from '../../../src/views/access/explain/session';
import { Keys } from '../../../src/views/access/keys';
import { heardInWords } from '../../../src/words/explainTab';
import { faults } from '../../emulator';
import { actions, tabDependencies } from '../../tabDependencies';
import { checkpoint, newProjects, usePlace } from '../access/support';

/** What the page has: the last update of a session, as the page takes it. */
class Page {
  shown: ShownExplanation | undefined;
  updates = 0;
  #waiting: (() => void)[] = [];

  take(update: ExplainUpdate): void {
    const parsed = parseExplainUpdate(structuredClone(update));
    assert.ok(parsed, JSON.stringify(update).slice(0, 500));
    this.updates += 1;
    this.shown = parsed.shown;
    for (const wake of this.#waiting.splice(0)) wake();
  }

  /** Waits until the page shows what it should. */
  async until(isRight: (shown: ShownExplanation) => boolean): Promise<ShownExplanation> {
    for (;;) {
      if (this.shown && isRight(this.shown)) return this.shown;
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }

  gate(kind: (typeof gateKinds)[number]) {
    const gate = this.shown?.gates.find((each) => each.kind === kind);
    assert.ok(gate);
    return gate;
  }
}

describe('the session of the Explain tab', () => {
  const place = usePlace(3);
  let page: Page;
  let session: ExplainSession;
  let done: unknown[];
  let keys: { checkpoints: Keys; projects: Keys };
  let project = '';

  function open(organization: Organization = place.organization): void {
    page = new Page();
    done = [];
    keys = { checkpoints: new Keys(), projects: new Keys() };
    const note =
      (name: string) =>
      async (...parts: unknown[]): Promise<void> => {
        done.push([name, ...parts]);
      };
    const some: Partial<PageActions> = {
      explain: note('explain'),
      grant: note('grant'),
      revoke: note('revoke'),
      copyText: note('copy'),
      runCommand: note('run'),
    };
    session = new ExplainSession(
      tabDependencies<ExplainUpdate>(organization, (update) => page.take(update), {
        actions: actions(some),
        keys,
      }),
    );
    session.sendAll();
  }
  const sent = () => place.emulator.requests.length;
  const settled = () => page.until(({ isLoading, requests }) => !isLoading && requests === 0);

  beforeEach(() => {
    project =
      place.emulator.organization.state.checkpoints.get(checkpoint)?.permissions.all()[0]?.project_id ?? '';
    open();
  });
  afterEach(() => session.dispose());

  it('shows nothing, and requests nothing, before somebody asks', () => {
    session.setVisible(true);
    assert.equal(page.shown, undefined);
    assert.equal(sent(), 0);
  });

  it('explains what it is asked by five requests, once it is visible, and then by none', async () => {
    session.filterBy({ project, checkpoint });
    const before = await page.until(() => true);
    assert.deepEqual([before.requests, before.hasLoaded, before.verdict], [5, false, 'unknown']);
    assert.equal(sent(), 0, 'nobody sees it yet');
    session.setVisible(true);
    const shown = await settled();
    assert.equal(sent(), 5);
    assert.deepEqual(
      [shown.verdict, shown.project, shown.checkpoint, shown.hasLoaded],
      ['can', project, checkpoint, true],
    );
    assert.deepEqual(
      shown.gates.map(({ kind }) => kind),
      [...gateKinds],
    );
    assert.equal(page.gate('permission').state, 'open');
    session.setVisible(false);
    session.setVisible(true);
    session.receive({ type: 'load' });
    await place.emulator.idle();
    assert.equal(sent(), 5, 'what is current is not loaded again');
    session.receive({ type: 'loadAgain' });
    await page.until(({ isLoading }) => isLoading);
    await settled();
    assert.equal(sent(), 10);
  });

  it('loads nothing for a restored page, says what it costs, and shows what is loaded', async () => {
    session.setVisible(true);
    await place.organization.permissions.read(checkpoint);
    const before = sent();
    session.receive({ type: 'restore', project, checkpoint });
    const shown = await page.until(() => true);
    assert.deepEqual([shown.requests, shown.hasLoaded, shown.isLoading], [4, true, false]);
    assert.equal(page.gate('permission').state, 'open');
    assert.equal(sent(), before);
    session.receive({ type: 'load' });
    await settled();
    assert.equal(sent(), before + 4);
  });

  it('keeps what a person asked for when the page says what it showed before', async () => {
    const [other = ''] = newProjects(place.emulator, 1);
    session.filterBy({ project, checkpoint });
    session.receive({ type: 'restore', project: other, checkpoint });
    assert.equal((await page.until(() => true)).project, project);
  });

  it('follows a grant, a refresh of lists, and what other tabs load', async () => {
    const [other = ''] = newProjects(place.emulator, 1);
    const { organization } = place;
    session.setVisible(true);
    session.filterBy({ project: other, checkpoint });
    await settled();
    assert.deepEqual(
      [page.shown?.verdict, page.gate('permission').actions],
      ['unknown', ['grant', 'findCheckpoints']],
    );
    session.receive({ type: 'grant' });
    assert.deepEqual(done, [['grant', { project: other, checkpoint }]]);
    const before = sent();
    await organization.api.create(checkpoint, { project_ids: [other] });
    organization.permissions.changed(checkpoint);
    await page.until(({ gates }) => gates[1]?.state === 'unknown' && gates[1].actions.length === 0);
    await organization.permissions.readCurrent(checkpoint, decisionAge);
    const shown = await page.until(({ verdict }) => verdict === 'can');
    assert.deepEqual(page.gate('permission').actions, ['revoke']);
    assert.equal(sent(), before + 2, 'the tab itself sent nothing');
    session.receive({ type: 'revoke' });
    const [, revoked] = done as [unknown, [string, { permissionId: string }[]]];
    assert.deepEqual([revoked[0], revoked[1].length], ['revoke', 1]);
    assert.equal(shown.requests, 0);
  });

  it('can be stopped, which is said, and goes on when asked', async () => {
    const gate = place.emulator.hold();
    session.setVisible(true);
    session.filterBy({ project, checkpoint });
    await place.emulator.requested(5);
    session.receive({ type: 'stop' });
    const shown = await page.until(({ isStopped, isLoading }) => isStopped && !isLoading);
    assert.deepEqual([shown.requests, shown.verdict], [5, 'unknown']);
    gate.release();
    await place.emulator.idle();
    session.receive({ type: 'load' });
    assert.equal((await settled()).isStopped, false);
  });

  it('drops what is under way when another access is asked for', async () => {
    const [other = ''] = newProjects(place.emulator, 1);
    const gate = place.emulator.hold();
    session.setVisible(true);
    session.filterBy({ project, checkpoint });
    await place.emulator.requested(5);
    session.filterBy({ project: other, checkpoint });
    await place.emulator.requested(10);
    gate.release();
    const shown = await settled();
    assert.deepEqual([shown.project, shown.isStopped], [other, false]);
  });

  it('loads one gate again after a failure, alone', async () => {
    place.emulator.fail(
      { path: `/v1/organization/projects/${project}/model_permissions` },
      faults.status(500),
      1,
    );
    session.setVisible(true);
    session.filterBy({ project, checkpoint });
    await settled();
    assert.deepEqual([page.gate('policy').state, page.gate('policy').canLoadAgain], ['unknown', true]);
    const before = sent();
    session.receive({ type: 'loadGate', gate: 'policy' });
    await page.until(({ verdict, isLoading }) => verdict === 'can' && !isLoading);
    assert.equal(sent(), before + 1);
  });

  it('offers another key where a scope is missing', async () => {
    place.emulator.removeScopes('api.management.read');
    session.setVisible(true);
    session.filterBy({ project, checkpoint });
    await settled();
    for (const kind of ['project', 'policy', 'key'] as const)
      assert.deepEqual(page.gate(kind).actions, ['setAdminKey']);
    session.receive({ type: 'setAdminKey' });
    assert.deepEqual(done, [['run', 'setAdminKey']]);
  });

  it('says which error led here', async () => {
    session.setVisible(true);
    session.filterBy({ project, checkpoint, heard: { kind: 'noAccess', from: 'clipboard' } });
    const shown = await settled();
    assert.equal(shown.heard, heardInWords('noAccess', 'clipboard', true));
  });

  it('copies the whole explanation', async () => {
    session.setVisible(true);
    session.filterBy({ project, checkpoint });
    const { line, gates } = await settled();
    session.receive({ type: 'copy' });
    const [[, text]] = done as [[string, string]];
    assert.ok(text.startsWith(line));
    for (const each of [project, checkpoint, ...gates.map(({ title }) => `- ${title}: `)])
      assert.ok(text.includes(each), each);
  });

  it('looks up the rows of other tabs by their keys, and believes no other', () => {
    const [projectKey, checkpointKey] = [keys.projects.keyOf(project), keys.checkpoints.keyOf(checkpoint)];
    session.receive({ type: 'explain', project: projectKey, checkpoint: checkpointKey });
    session.receive({ type: 'explain', project: projectKey });
    session.receive({ type: 'explain', project: 77, checkpoint: 77 });
    session.receive({ type: 'choose' });
    assert.deepEqual(done, [
      ['explain', { project, checkpoint }],
      ['explain', { project, checkpoint: undefined }],
      ['explain', { project: undefined, checkpoint: undefined }],
      ['explain', {}],
    ]);
  });

  it('ignores what is no message of its tab', () => {
    for (const wrong of [
      undefined,
      'load',
      { type: 'delete' },
      { type: 'restore', project: 'proj_a', checkpoint: 'gpt-4o' },
      { type: 'restore', project: '../keys', checkpoint },
      { type: 'explain', project: 'proj_a' },
      { type: 'loadGate', gate: 'shutdown' },
    ])
      assert.equal(parseExplainRequest(wrong), undefined, JSON.stringify(wrong));
    session.filterBy({ project: '../keys', checkpoint });
    session.setVisible(true);
    assert.equal(page.shown, undefined);
    assert.equal(sent(), 0);
  });

  it('sends the page nothing that it has', async () => {
    session.setVisible(true);
    session.filterBy({ project, checkpoint });
    await settled();
    const { updates } = page;
    session.receive({ type: 'restore', project, checkpoint });
    await new Promise(setImmediate);
    await new Promise(setImmediate);
    assert.equal(page.updates, updates);
  });
});
