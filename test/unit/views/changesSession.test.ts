import assert from 'node:assert/strict';
import { checkNow } from '../../../src/access/plan/checkNow';
import type { Outcome } from '../../../src/access/plan/outcome';
import { keyOf, type Plan, planGrants, planRevokes, type RevokeStep } from '../../../src/access/plan/plan';
import type { ShownPlan } from '../../../src/access/plan/shownPlan';
import type { StagedChange } from '../../../src/access/plan/staged';
import { mostStaged } from '../../../src/access/thresholds';
import { type ChangesUpdate, parseChangesRequest, parseChangesUpdate } from '../../../src/protocol/changes';
import { steadyNow } from '../../../src/text/steadyClock';
import { ChangesSession } from '../../../src/views/access/changes/session';
import { PageSession } from '../../../src/views/access/pageSession';
import { shownWhenApplied } from '../../../src/words/changes';
import { withoutEffectInWords } from '../../../src/words/effect';
import { longestTurn } from '../../growth/blocks';
import { loadedOrganization } from '../../growth/organization';
import { actions, tabDependencies } from '../../tabDependencies';
import { World } from '../access/plan/world';

const hostile = `<b>x</b>\u202e\u001b[31m\n${'y'.repeat(10_000)}`;

describe('the session of the Changes tab', () => {
  let world: World;
  let session: ChangesSession;
  let updates: ChangesUpdate[];
  let scheduled: (() => void)[];
  let applied: { readonly changes: readonly StagedChange[]; readonly shown: ShownPlan }[];
  let undone: string[];
  let endApplying: () => void;

  beforeEach(() => {
    world = new World(3, 4);
    updates = [];
    scheduled = [];
    applied = [];
    undone = [];
    session = new ChangesSession({
      organization: world.organization,
      post: (update) => updates.push(JSON.parse(JSON.stringify(update))),
      schedule: (act) => {
        scheduled.push(act);
        return () => {
          scheduled = scheduled.filter((each) => each !== act);
        };
      },
      actions: actions({
        applyStaged: (changes, shown) => {
          applied.push({ changes, shown });
          return new Promise((resolve) => {
            endApplying = resolve;
          });
        },
        undoPlan: async (records) => void undone.push(...records),
      }),
    });
  });
  afterEach(() => {
    session.dispose();
    world.organization.dispose();
    for (const update of updates) assert.ok(parseChangesUpdate(update), JSON.stringify(update));
  });

  function runScheduled(): void {
    for (let acts = scheduled; acts.length > 0; acts = scheduled) {
      scheduled = [];
      for (const act of acts) act();
    }
  }

  /** Large sheets are made in several turns. */
  async function until(isMet: () => boolean): Promise<void> {
    while (!isMet()) {
      await new Promise(setImmediate);
      runScheduled();
    }
  }

  function open(): void {
    session.setVisible(true);
    session.sendAll();
    runScheduled();
  }

  /** The sheet as the page has it: the rows since the last head, and the latest of each part. */
  function page() {
    runScheduled();
    const start = updates.findLastIndex(({ head }) => head !== undefined);
    const since = updates.slice(start);
    const last = <P extends keyof ChangesUpdate>(part: P) =>
      since.findLast((update) => update[part] !== undefined)?.[part];
    const statuses = new Map<number, readonly [string, string]>();
    for (const { statuses: some = [] } of since)
      for (const [key, status, reason] of some) statuses.set(key, [status, reason]);
    return {
      sheet: last('sheet') ?? 0,
      head: last('head'),
      rows: since.flatMap(({ rows = [] }) => rows),
      cleared: last('cleared') ?? [],
      foot: last('foot'),
      activity: last('activity'),
      count: last('count'),
      staged: last('staged'),
      statuses,
    };
  }

  const ask = (message: Record<string, unknown>) => session.receive({ sheet: page().sheet, ...message });

  const [cp, other] = [() => world.checkpoints[0] ?? '', () => world.checkpoints[1] ?? ''];
  const project = (index: number) => world.projects[index] ?? '';
  const stage = (action: 'grant' | 'revoke', checkpoint: string, ...projects: string[]) =>
    world.organization.staged.stage(projects.map((each) => ({ checkpoint, project: each, action })));

  function propose(plan: Plan, cleared: readonly string[] = [], title = 'A plan') {
    const proposal = world.organization.proposals.begin();
    assert.ok(proposal);
    const checked = checkNow(world.organization, plan);
    const perhapsUs = plan.steps.slice(-1);
    const answer = proposal.ask({ title, notes: ['A note'], checked, perhapsUs, cleared: new Set(cleared) });
    return { proposal, answer, checked };
  }

  const revoke = (checkpoint: string, id: string): RevokeStep => ({
    action: 'revoke',
    checkpoint,
    project: id,
    permissionId: `cp_${id}`,
    createdAt: 1_700_000_000,
  });

  it('lists the staged changes from what is loaded, revokes first, without a request', async () => {
    world.grant(cp(), project(0));
    world.grant(cp(), project(0));
    world.grant(cp(), project(3));
    await world.read();
    await world.organization.projects.read();
    world.requests.length = 0;
    stage('grant', cp(), project(1));
    stage('revoke', cp(), project(0));
    stage('grant', cp(), project(3));
    open();
    const { head, rows, foot, count } = page();
    assert.deepEqual(
      rows.map(({ action, projectId, note }) => [action, projectId, note]),
      [
        ['revoke', project(0), undefined],
        ['revoke', project(0), undefined],
        ['grant', project(1), undefined],
        ['grant', project(3), 'inEffect'],
      ],
    );
    const ids = world.permissions(cp()).filter(({ project: each }) => each === project(0));
    assert.deepEqual(
      rows.flatMap(({ permission }) => permission ?? []).sort(),
      ids.map(({ id }) => id).sort(),
    );
    assert.deepEqual(head, { kind: 'staged', title: '', notes: [shownWhenApplied], rows: 4 });
    assert.deepEqual([foot?.selected, foot?.phase, count], [4, 'open', 3]);
    assert.deepEqual(world.requests, [], 'looking costs nothing');
  });

  it('says of a staged change of unknown access that it is not loaded', () => {
    stage('revoke', other(), project(0));
    open();
    const [row] = page().rows;
    assert.equal(row?.note, 'undecided');
    assert.equal(row?.permission, undefined);
  });

  it('Truth 2: names what speaks against a staged change beside it, and never selects what cannot be made', async () => {
    const archived = world.sample.state.addProject('Old', 0, 1).id;
    await world.read();
    await world.organization.projects.read();
    stage('grant', cp(), project(0), archived);
    open();
    const { rows, cleared, foot } = page();
    const row = rows.find(({ projectId }) => projectId === archived);
    assert.match(row?.obstacle ?? '', /Old is archived/);
    assert.equal(row?.isImpossible, true);
    assert.ok(row?.checkpoint.includes('step 1'), 'it names its checkpoint');
    assert.deepEqual(cleared, [row?.key]);
    assert.equal(foot?.selected, 1);
    ask({ type: 'select', keys: [row?.key], isSelected: true });
    assert.equal(page().foot?.selected, 1);
  });

  it('says beside a grant that it will have no effect, as soon as that is known, and lets it be applied', async () => {
    await world.read();
    world.sample.state.modelPolicies.set(project(0), {
      object: 'project.model_permissions',
      mode: 'allow_list',
      model_ids: [other()],
    });
    stage('grant', cp(), project(0), project(1));
    open();
    assert.ok(page().rows.every(({ obstacle }) => obstacle === undefined));
    const sent = world.requests.length;
    await world.organization.gates.policyLoad.load([project(0), project(1)]);
    assert.equal(world.requests.length, sent + 2);
    await until(() => page().rows.some(({ obstacle }) => obstacle !== undefined));
    assert.equal(world.requests.length, sent + 2, 'showing it sends nothing');
    const row = page().rows.find(({ projectId }) => projectId === project(0));
    assert.equal(row?.obstacle, withoutEffectInWords({ why: ['notAllowed'] }, world.now()));
    assert.equal(row?.isImpossible, undefined);
    assert.equal(page().foot?.selected, 2);
    ask({ type: 'apply', changes: 2 });
    assert.deepEqual(
      applied[0]?.shown.warnings.map(({ kind }) => kind),
      ['withoutEffect'],
    );
  });

  it('follows what is staged and loaded, and keeps the selection', async () => {
    await world.read();
    stage('grant', cp(), project(0), project(1));
    open();
    const first = page();
    ask({ type: 'select', keys: [0], isSelected: false });
    assert.deepEqual(page().cleared, [0]);
    stage('grant', cp(), project(2));
    const second = page();
    assert.ok(second.sheet > first.sheet);
    assert.deepEqual(second.cleared, [0]);
    session.receive({ type: 'select', sheet: first.sheet, keys: [1], isSelected: false });
    assert.deepEqual(page().cleared, [0], 'what was meant for an earlier sheet is ignored');
    world.organization.staged.unstage([{ checkpoint: cp(), project: project(0) }]);
    assert.deepEqual(page().cleared, []);
    stage('grant', cp(), project(0));
    assert.deepEqual(page().cleared, [], 'what is staged anew is selected');
  });

  it('applies what is selected once, with all that was shown of it, and discards', async () => {
    world.grant(cp(), project(0));
    await world.read();
    stage('revoke', cp(), project(0));
    stage('grant', cp(), project(1), project(2));
    open();
    const [, grant] = page().rows;
    ask({ type: 'select', keys: [grant?.key], isSelected: false });
    ask({ type: 'apply', changes: 3 });
    assert.equal(applied.length, 0, 'the person saw another selection');
    ask({ type: 'apply', changes: 2 });
    ask({ type: 'apply', changes: 2 });
    assert.equal(applied.length, 1);
    assert.equal(page().foot?.phase, 'checking');
    assert.deepEqual(
      applied[0]?.changes.map(({ action, project: each }) => [action, each]),
      [
        ['revoke', project(0)],
        ['grant', project(2)],
      ],
    );
    assert.deepEqual(
      applied[0]?.shown.plan.steps.map(({ action }) => action),
      ['revoke', 'grant'],
    );
    endApplying();
    await new Promise(setImmediate);
    assert.equal(page().foot?.phase, 'open');
    ask({ type: 'discard', keys: [1, 2] });
    assert.deepEqual(
      world.organization.staged.changes.map(({ project: each }) => each),
      [project(0)],
    );
  });

  it('shows a proposal in place of the staged changes, which are no part of it and stay', async () => {
    await world.read();
    stage('grant', cp(), project(0), project(1));
    open();
    const plan = { steps: [...planGrants([cp()], [project(2)]).steps, revoke(other(), project(3))] };
    const { proposal, answer } = propose(plan, [keyOf(plan.steps[1] as RevokeStep)]);
    const { head, rows, cleared, foot, count, staged } = page();
    assert.deepEqual(head, { kind: 'proposal', title: 'A plan', notes: ['A note'], rows: 2 });
    assert.deepEqual(
      rows.map(({ action, note, permission }) => [action, note, permission]),
      [
        ['revoke', 'perhapsUs', `cp_${project(3)}`],
        ['grant', undefined, undefined],
      ],
    );
    assert.deepEqual([cleared, foot?.selected, count, staged], [[0], 1, 2, 2]);
    ask({ type: 'discard', keys: [0, 1] });
    assert.equal(world.organization.staged.size, 2);
    ask({ type: 'apply', changes: 1 });
    assert.deepEqual((await answer)?.steps, plan.steps.slice(0, 1));
    proposal.giveUp();
    assert.equal(page().head?.kind, 'staged');
    assert.equal(page().rows.length, 2);
    assert.equal(applied.length, 0);
  });

  it('Truth 2: agrees to no plan that was made again and has not been shown yet', async () => {
    await world.read();
    open();
    const seen = checkNow(world.organization, planGrants([cp()], [project(0), project(1)]));
    const unseen = checkNow(world.organization, planGrants([cp()], [project(0), project(1), project(2)]));
    const proposal = world.organization.proposals.begin();
    assert.ok(proposal);
    const asked = { title: 'A plan', notes: [], perhapsUs: [], cleared: new Set<string>() };
    const first = proposal.ask({ ...asked, checked: seen });
    const { sheet } = page();
    session.receive({ type: 'apply', sheet, changes: 2 });
    assert.equal((await first)?.steps.length, 2);
    let agreed: Plan | undefined;
    const cleared = new Set(unseen.plan.steps.slice(2).map(keyOf));
    void proposal.ask({ ...asked, checked: unseen, cleared }).then((plan) => {
      agreed = plan;
    });
    session.receive({ type: 'apply', sheet, changes: 2 });
    await new Promise(setImmediate);
    assert.deepEqual([agreed, proposal.phase], [undefined, 'open']);
    await until(() => page().sheet > sheet);
    ask({ type: 'apply', changes: 2 });
    await new Promise(setImmediate);
    assert.equal(agreed?.steps.length, 2);
  });

  it('shows each step while the plan is applied, and its outcome', async () => {
    await world.read();
    open();
    const plan = planGrants([cp(), other()], [project(0)]);
    const [one, two] = plan.steps;
    assert.ok(one && two);
    const { proposal } = propose(plan);
    proposal.agree();
    proposal.begin(plan.steps);
    assert.deepEqual(page().statuses.get(0), ['toSend', '']);
    void proposal
      .marking({
        sending: async () => undefined,
        answered: async () => undefined,
        judged: async () => undefined,
      })
      .sending([one]);
    const wait = { reason: 'rate-limit', until: steadyNow() + 5000 } as const;
    world.organization.proposals.setActivity(
      { title: 'Granting access', message: '', wait },
      () => undefined,
    );
    const now = page();
    assert.deepEqual(now.statuses.get(0), ['sending', '']);
    assert.equal(now.activity?.title, 'Granting access');
    assert.ok((now.activity?.wait?.left ?? 0) > 4000);
    world.organization.proposals.setActivity(undefined);
    const failed: Outcome = {
      step: two,
      result: 'failed',
      error: new Error(hostile),
      readBack: true,
      mayStillHappen: false,
    };
    let retried = 0;
    proposal.end({
      outcomes: [{ step: one, result: 'done', by: 'us' }, failed],
      summary: 'One of two.',
      records: ['the record'],
      retry: {
        changes: 1,
        act: async () => {
          retried += 1;
        },
      },
    });
    const over = page();
    assert.deepEqual(over.statuses.get(0), ['done', '']);
    assert.equal(over.statuses.get(1)?.[0], 'failed');
    assert.ok((over.statuses.get(1)?.[1].length ?? 0) > 0);
    assert.deepEqual(
      [over.foot?.phase, over.foot?.retry, over.foot?.canUndo, over.foot?.canCheckAgain, over.foot?.summary],
      ['over', 1, true, false, 'One of two.'],
    );
    ask({ type: 'retry' });
    ask({ type: 'undo' });
    ask({ type: 'checkAgain' });
    assert.deepEqual([retried, undone], [1, ['the record']]);
  });

  it('sends outcomes again to a page that was hidden, and sends only numbers while out of sight', async () => {
    await world.read();
    open();
    const plan = planGrants([cp()], [project(0)]);
    const { proposal } = propose(plan);
    proposal.agree();
    proposal.begin(plan.steps);
    runScheduled();
    session.setVisible(false);
    assert.equal(world.organization.proposals.isInSight, false);
    const before = updates.length;
    proposal.end({
      outcomes: plan.steps.map((step) => ({ step, result: 'done', by: 'us' })),
      summary: 'Done.',
      records: ['r', 'of a retry'],
    });
    runScheduled();
    for (const update of updates.slice(before))
      assert.deepEqual([update.rows, update.foot], [undefined, undefined]);
    session.setVisible(true);
    session.sendAll();
    const { rows, statuses, foot } = page();
    assert.equal(rows.length, 1);
    assert.deepEqual(statuses.get(0), ['done', '']);
    assert.equal(foot?.summary, 'Done.');
    ask({ type: 'undo' });
    assert.deepEqual(undone, ['r', 'of a retry'], 'the records of each try');
    ask({ type: 'close' });
    assert.equal(page().head?.kind, 'staged');
  });

  it('cancels a proposal when the person does', async () => {
    open();
    const first = propose(planGrants([cp()], [project(0)]));
    page();
    ask({ type: 'cancel' });
    assert.equal(await first.answer, undefined);
  });

  it('is canceled with its page, even before its tab was shown; what is staged stays', async () => {
    const pageOf = new PageSession('Test', {
      post: () => undefined,
      schedule: () => () => undefined,
      actionsOf: () => actions(),
      switchOrganization: () => undefined,
      close: () => undefined,
    });
    pageOf.bind(world.organization);
    stage('grant', other(), project(2));
    const { answer } = propose(planGrants([cp()], [project(1)]));
    pageOf.dispose();
    assert.equal(await answer, undefined);
    assert.equal(world.organization.staged.size, 1);
  });

  it('Truth 16: sends many changes in parts, in order, and the whole of what is selected at once', async () => {
    const many = Array.from({ length: 4500 }, (_, index) => `proj_${index}`);
    open();
    const { proposal } = propose(planGrants([cp()], many));
    await until(() => page().rows.length === many.length);
    assert.ok(updates.every(({ rows = [] }) => rows.length <= 2000));
    const { rows, foot, head } = page();
    assert.equal(head?.rows, 4500);
    assert.deepEqual(
      rows.map(({ key }) => key),
      many.map((_, index) => index),
    );
    assert.equal(foot?.selected, 4500);
    proposal.close();
  });

  it('shows what is staged after a change while it is made, and no proposal that was closed meanwhile', async () => {
    const many = Array.from({ length: 9000 }, (_, index) => `proj_${index}`);
    open();
    stage('grant', cp(), ...many);
    runScheduled();
    const { proposal } = propose(planGrants(world.checkpoints, [...many, ...many]));
    runScheduled();
    proposal.close();
    runScheduled();
    const rest = many.slice(1).map((each) => ({ checkpoint: cp(), project: each }));
    world.organization.staged.unstage(rest);
    await until(() => page().head?.rows === 1);
    assert.equal(page().head?.kind, 'staged');
    assert.equal(updates.at(-1)?.staged, 1);
    assert.ok(updates.every(({ head }) => head?.kind !== 'proposal'));
  });

  it('makes texts of a server harmless', async () => {
    const { id } = world.sample.state.addProject(hostile);
    await world.organization.projects.read();
    open();
    const { proposal } = propose(planGrants([cp()], [id]), [], hostile);
    const { rows, head } = page();
    for (const text of [rows[0]?.project ?? '', head?.title ?? '']) {
      assert.doesNotMatch(text, /[\p{Cc}\p{Cf}]/u);
      assert.ok(text.length <= 1000);
    }
    proposal.close();
  });
});

describe('the session of the Changes tab with 10,000 changes', () => {
  it('Truth 5: takes no long turn to show what is staged, its selection, and a proposal', async () => {
    const large = await loadedOrganization({ projects: mostStaged + 1, checkpoints: 1, oneIn: 1 });
    const [checkpoint = ''] = large.catalog.ids;
    const changes = (large.permissions.snapshot(checkpoint).listing?.permissions ?? []).map(
      ({ project_id }) => ({ checkpoint, project: project_id, action: 'revoke' as const }),
    );
    let onUpdate: (update: ChangesUpdate) => void = () => undefined;
    let [number, rows] = [0, 0];
    let foot: ChangesUpdate['foot'];
    const shown = new ChangesSession(
      tabDependencies<ChangesUpdate>(large, (update) => {
        number = update.sheet;
        if (update.head) rows = 0;
        rows += update.rows?.length ?? 0;
        foot = update.foot ?? foot;
        onUpdate(update);
      }),
    );
    const until = (isMet: () => boolean) =>
      new Promise<void>((resolve) => {
        onUpdate = () => isMet() && resolve();
        onUpdate({ type: 'changes', sheet: number, count: 0, staged: 0 });
      });
    const keys = changes.map((_, index) => index);
    const select = (isSelected: boolean) => {
      shown.receive({ type: 'select', sheet: number, keys, isSelected });
      return until(() => foot?.selected === (isSelected ? mostStaged : 0));
    };
    large.staged.stage(changes);
    shown.setVisible(true);
    const opening = await longestTurn(() => {
      rows = 0;
      shown.sendAll();
      return until(() => rows === mostStaged);
    });
    const selecting = await longestTurn(async () => {
      await select(false);
      await select(true);
    });
    const staging = await longestTurn(async () => {
      large.staged.unstage(changes.slice(0, 1));
      await until(() => rows === mostStaged - 1);
      large.staged.stage(changes.slice(0, 1));
      await until(() => rows === mostStaged);
    });
    const plan = planRevokes(
      (large.permissions.snapshot(checkpoint).listing?.permissions ?? []).map((permission) => ({
        checkpoint,
        permission,
      })),
    );
    const proposing = await longestTurn(async () => {
      const proposal = large.proposals.begin();
      rows = 0;
      const checked = checkNow(large, plan);
      void proposal?.ask({ title: '', notes: [], checked, perhapsUs: [], cleared: new Set() });
      await until(() => rows === mostStaged);
      await select(false);
      await select(true);
      shown.receive({ type: 'apply', sheet: number, changes: mostStaged });
      proposal?.begin(plan.steps);
      const recorder = { sending: async () => undefined, answered: async () => undefined };
      void proposal?.marking({ ...recorder, judged: async () => undefined }).sending(plan.steps, []);
      await until(() => foot?.phase === 'applying');
      const outcomes = plan.steps.map((step) => ({ step, result: 'done' as const, by: 'us' as const }));
      proposal?.end({ outcomes, summary: '', records: [] });
      await until(() => foot?.phase === 'over');
    });
    shown.dispose();
    large.dispose();
    const turns = { opening, selecting, staging, proposing };
    assert.ok(
      Object.values(turns).every((ms) => ms < 50),
      JSON.stringify(turns),
    );
  });
});

describe('a message of the Changes tab', () => {
  it('is ignored unless it is valid', () => {
    for (const message of [
      undefined,
      'apply',
      { type: 'apply' },
      { type: 'apply', sheet: 1 },
      { type: 'apply', sheet: -1, changes: 1 },
      { type: 'select', sheet: 1, keys: [1] },
      { type: 'select', sheet: 1, keys: ['1'], isSelected: true },
      { type: 'discard', sheet: 1, keys: [-1] },
      { type: 'grant', sheet: 1 },
    ])
      assert.equal(parseChangesRequest(message), undefined, JSON.stringify(message));
    assert.deepEqual(parseChangesRequest({ type: 'undo', sheet: 0, more: 1 }), { type: 'undo', sheet: 0 });
    const update = { type: 'changes', sheet: 1, count: 0, staged: 0 };
    assert.ok(parseChangesUpdate(update));
    for (const part of [
      { rows: [{ key: 1 }] },
      { statuses: [[1, 'perhaps', '']] },
      { head: { kind: 'other', title: '', notes: [], rows: 0 } },
      { foot: {} },
      { activity: { title: 1 } },
      { cleared: [1.5] },
    ])
      assert.equal(parseChangesUpdate({ ...update, ...part }), undefined, JSON.stringify(part));
  });
});
