import assert from 'node:assert/strict';
import type { AcceptedFinding } from '../../../src/access/evidence/review/accepted';
import { mostUnusedDays } from '../../../src/access/evidence/review/unused';
import type { Organization } from '../../../src/access/organization';
import { defaultUnusedDays, mostStaged } from '../../../src/access/thresholds';
import {
  type AccessKeys,
  type FindingEntry,
  type FindingsRequest,
  type FindingsUpdate,
  type GapEntry,
  parseFindingsRequest,
  parseFindingsUpdate,
} from '../../../src/protocol/findings';
import type { PageActions } from '../../../src/views/access/actions';
import { FindingsSession } from '../../../src/views/access/findings/session';
import { explain, explanationInWords } from '../../../src/words/errors';
import { type Emulator, faults, startEmulator } from '../../emulator';
import { loadedOrganization } from '../../growth/organization';
import { actions, tabDependencies } from '../../tabDependencies';
import { organizationAt } from '../access/support';

const ended = 'ft:gpt-3.5-turbo-0125:harbor-labs:bygone:Bb1Yy2Gg';
const open = 'ft:my-model:harbor-labs:open:Oo1Pp2Ee';
const until = '2099-12-31';

/** The page of a session: what it was sent, as it would be shown. */
class Page {
  readonly updates: FindingsUpdate[] = [];
  readonly rows = new Map<string, FindingEntry>();
  readonly gaps = new Map<string, GapEntry>();
  #listener: () => void = () => undefined;

  post(message: FindingsUpdate): void {
    const update = parseFindingsUpdate(JSON.parse(JSON.stringify(message)));
    assert.ok(update, JSON.stringify(message));
    this.updates.push(update);
    if (update.isFirst) {
      this.rows.clear();
      this.gaps.clear();
    }
    for (const row of update.rows ?? []) this.rows.set(row.at.join(), row);
    for (const at of update.gone ?? []) assert.ok(this.rows.delete(at.join()), 'only what the page has goes');
    for (const gap of update.gaps ?? []) this.gaps.set(gap.key, gap);
    for (const key of update.goneGaps ?? []) assert.ok(this.gaps.delete(key));
    this.#listener();
  }

  last<P extends keyof FindingsUpdate>(part: P): FindingsUpdate[P] | undefined {
    return this.updates.findLast((update) => update[part] !== undefined)?.[part];
  }

  /** Resolves when a condition holds. */
  async once(isMet: () => boolean): Promise<void> {
    while (!isMet())
      await new Promise<void>((resolve) => {
        this.#listener = resolve;
      });
  }

  /** Resolves with the next summary. */
  async next(): Promise<void> {
    const count = this.updates.length;
    await this.once(() => this.updates.slice(count).some(({ summary }) => summary !== undefined));
  }

  at(place: FindingEntry['place']): AccessKeys[] {
    return [...this.rows.values()].filter((row) => row.place === place).map(({ at }) => at);
  }
}

describe('the session of the findings', () => {
  let emulator: Emulator;
  let organization: Organization;
  let session: FindingsSession;
  let page: Page;
  let asked: { readonly findings: readonly AcceptedFinding[]; readonly rows: number }[];

  before(async () => {
    emulator = await startEmulator();
  });
  after(() => emulator.stop());
  beforeEach(() => {
    emulator.reset();
    const { state } = emulator.organization;
    const archived = state.addProject('Hackathon', 1, Date.now() / 1000 - 86_400).id;
    const projects = ['Berth planning', 'Customs desk'].map((name) => state.addProject(name).id);
    emulator.organization.addCheckpoint(ended, { permissions: [...projects, archived] });
    emulator.organization.addCheckpoint(open, { permissions: [archived] });
    organization = organizationAt(emulator, [ended, open]);
    page = new Page();
    asked = [];
    session = sessionWith({});
  });
  afterEach(() => {
    session.dispose();
    organization.dispose();
  });

  function sessionWith(some: Partial<PageActions>, of = organization): FindingsSession {
    return new FindingsSession(
      tabDependencies<FindingsUpdate>(of, (update) => page.post(update), {
        actions: actions({
          acceptFindings: async (findings, rows) => {
            asked.push({ findings, rows });
            return (await of.accepted.accept(findings, { reason: 'Known', until })) ? until : undefined;
          },
          removeAcceptances: async (findings) => {
            await of.accepted.remove(findings);
            return true;
          },
          ...some,
        }),
      }),
    );
  }

  const send = (request: FindingsRequest): void => session.receive(request);
  async function load(): Promise<void> {
    await organization.projects.read();
    for (const id of organization.catalog.ids) await organization.permissions.readAll(id);
  }
  async function show(): Promise<void> {
    session.setVisible(true);
    session.sendAll();
    await page.next();
  }

  it('sends nothing before its page is there, and requests nothing by being shown', async () => {
    session.setVisible(true);
    await load();
    assert.deepEqual(page.updates, []);
    const sent = emulator.requests.length;
    session.sendAll();
    await page.next();
    assert.equal(emulator.requests.length, sent);
    assert.equal(page.rows.size, 4);
    assert.deepEqual(page.last('usage')?.state, 'notLoaded');
  });

  it('sends each access once, under its first category, and later only what changed', async () => {
    await load();
    await show();
    assert.equal(page.at('shutDown').length, 3);
    assert.equal(page.at('archived').length, 1);
    const summary = page.last('summary');
    assert.deepEqual(
      [summary?.open, summary?.permissions, summary?.accesses, summary?.unusedDays, summary?.mostUnusedDays],
      [4, 4, 4, defaultUnusedDays, mostUnusedDays],
    );
    const before = page.updates.length;
    await organization.accepted.accept(
      [{ finding: 'archived', checkpoint: open, project: projectAt(page.at('archived')[0]) }],
      { reason: 'Known', until },
    );
    await page.next();
    const rows = page.updates.slice(before).flatMap((update) => update.rows ?? []);
    assert.equal(rows.length, 1);
    assert.equal(page.last('summary')?.open, 3);
    assert.equal(page.at('accepted').length, 1);
  });

  /** The project of a row, by its permission. */
  function projectAt(at: AccessKeys | undefined): string {
    const id = page.rows.get(at?.join() ?? '')?.permissionId;
    for (const { permissions } of [ended, open].flatMap(
      (each) => organization.permissions.snapshot(each).listing ?? [],
    )) {
      const found = permissions.find((permission) => permission.id === id);
      if (found) return found.project_id;
    }
    throw new Error('no such row');
  }

  it('while hidden sends the number of findings only, and the rows when it is shown', async () => {
    await load();
    session.sendAll();
    await page.next();
    assert.equal(page.last('summary')?.open, 4);
    assert.equal(page.updates.at(-1)?.isCountOnly, true);
    assert.equal(page.rows.size, 0);
    session.setVisible(true);
    await page.next();
    assert.equal(page.updates.at(-1)?.isCountOnly, undefined);
    assert.equal(page.rows.size, 4);
  });

  it('says what was not checked, why, and what mends it', async () => {
    await show();
    assert.equal(page.rows.size, 0);
    assert.equal(page.last('summary')?.mayBeMore, true);
    assert.equal(page.last('summary')?.projects, 'not');
    assert.equal(page.last('summary')?.isChecked.archived, false);
    assert.deepEqual(
      [...page.gaps.values()].map(({ about, requests }) => [about, requests]),
      [
        ['projects', 1],
        ['usage', 3],
        ['owners', 0],
        ['checkpoint', 1],
        ['checkpoint', 1],
      ],
    );
    emulator.fail('permissions.list', faults.status(403), 1);
    const error = await organization.permissions.readAll(open).then(
      () => undefined,
      (failure: unknown) => failure,
    );
    assert.ok(error);
    await page.once(() =>
      [...page.gaps.values()].some(({ text }) => text.includes(explanationInWords(explain(error)))),
    );
    await organization.permissions.readAgain(open);
    await load();
    await page.once(() => page.rows.size === 4);
    assert.deepEqual(
      [...page.gaps.values()].map(({ about }) => about),
      ['usage', 'owners'],
    );
    assert.equal(page.last('summary')?.mayBeMore, false);
  });

  it('loads projects and usage data when a person asks, and again', async () => {
    await load();
    await show();
    const usageRequests = () =>
      emulator.requests.filter(({ endpoint }) => endpoint === 'usage.completions').length;
    send({ type: 'loadUsage' });
    await page.once(() => page.last('usage')?.isLoading === true);
    assert.equal(page.last('usage')?.canCancel, true);
    await page.once(() => page.last('usage')?.isLoading === false);
    assert.equal(page.last('usage')?.state, 'loaded');
    assert.equal(usageRequests(), 3);
    assert.equal(page.gaps.has('usage'), false);
    send({ type: 'loadUsage' });
    await page.once(() => page.last('usage')?.isLoading === true);
    await page.once(() => page.last('usage')?.isLoading === false);
    assert.equal(usageRequests(), 6, 'fresh data is loaded again, too: a person asked');
    const projects = () => emulator.requests.filter(({ endpoint }) => endpoint === 'projects.list').length;
    const before = projects();
    send({ type: 'loadProjects' });
    await emulator.ended(before + 1, 'projects.list');
  });

  it('says why usage data could not be loaded, and can be canceled', async () => {
    await load();
    await show();
    emulator.fail('usage.completions', faults.status(403), 1);
    send({ type: 'loadUsage' });
    await page.once(() => page.last('usage')?.state === 'failed');
    assert.match(page.last('usage')?.failure ?? '', /./);
    assert.equal(page.last('usage')?.isLoading, false);
    const gate = emulator.hold('usage.completions');
    send({ type: 'loadUsage' });
    await emulator.requested(1, 'usage.completions');
    send({ type: 'cancelUsage' });
    await page.once(() => page.last('usage')?.state === 'notLoaded' && !page.last('usage')?.isLoading);
    gate.release();
  });

  it('finds what was unused for the number of days that was chosen, and keeps the choice', async () => {
    await load();
    await show();
    send({ type: 'unusedDays', days: 30 });
    await page.once(() => page.last('summary')?.unusedDays === 30);
    send({ type: 'unusedDays', days: mostUnusedDays + 1 });
    send({ type: 'countShutdownSoon', isCounted: false });
    await page.once(() => page.last('summary')?.shutsDownSoon.isCounted === false);
    assert.deepEqual(organization.reviewSettings.choices, { unusedDays: 30, countsShutdownSoon: false });
  });

  it('stages the rows that it knows, and nothing else', async () => {
    await load();
    await show();
    const rows = page.at('shutDown');
    send({ type: 'stage', rows: [...rows, [99, 99], [0, 99]] });
    assert.deepEqual(page.last('result'), { did: 'staged', revokes: 3, others: 0 });
    assert.equal(organization.staged.size, 3);
    assert.ok(
      organization.staged.changes.every(
        ({ action, checkpoint }) => action === 'revoke' && checkpoint === ended,
      ),
    );
    send({ type: 'unstage', rows: rows.slice(0, 1) });
    assert.deepEqual(page.last('result'), { did: 'unstaged', count: 1 });
    assert.equal(organization.staged.size, 2);
    send({ type: 'stage', rows: [[99, 99]] });
    assert.equal(organization.staged.size, 2);
    assert.deepEqual(
      emulator.requests.filter(({ method }) => method !== 'GET'),
      [],
    );
  });

  it('says when there is no room for more staged changes', async () => {
    await load();
    await show();
    organization.staged.stage(
      Array.from({ length: mostStaged }, (_, index) => ({
        checkpoint: 'ft:x',
        project: `proj_${index}`,
        action: 'grant',
      })),
    );
    send({ type: 'stage', rows: page.at('shutDown') });
    assert.deepEqual(page.last('result'), { did: 'tooManyStaged', count: 3 });
  });

  it('leaves to the access file what it decides about, and says so', async () => {
    await load();
    await show();
    const [project = ''] =
      organization.permissions.snapshot(open).listing?.permissions.map(({ project_id }) => project_id) ?? [];
    const inFile = { finding: 'archived', checkpoint: open, project, reason: 'TICK-1', until } as const;
    organization.accepted.useFile([inFile]);
    await page.once(() => page.at('accepted').length === 1);
    const [row] = [...page.rows.values()].filter(({ place }) => place === 'accepted');
    assert.ok(row);
    assert.deepEqual(row.reasons[0]?.acceptance, {
      reason: 'TICK-1',
      until,
      isExpired: false,
      isOfFile: true,
    });
    send({ type: 'removeAcceptance', rows: [row.at] });
    assert.deepEqual(page.last('result'), { did: 'leftToFile', count: 1 });
    // A day that is over there is not made longer here.
    organization.accepted.useFile([{ ...inFile, until: '2020-01-01' }]);
    await page.once(() => page.at('archived').length > 0 && page.at('accepted').length === 0);
    send({ type: 'accept', rows: [row.at] });
    assert.deepEqual(asked, []);
  });

  it('accepts every open reason of a row, and removes the acceptances', async () => {
    await load();
    await show();
    const archivedEnded = [...page.rows.values()].find(
      ({ place, reasons }) => place === 'shutDown' && reasons.length === 2,
    );
    assert.ok(archivedEnded);
    send({ type: 'accept', rows: [archivedEnded.at] });
    await page.once(() => page.at('accepted').length === 1);
    assert.deepEqual(
      asked.map(({ findings, rows }) => [findings.map(({ finding }) => finding), rows]),
      [[['shutDown', 'archived'], 1]],
    );
    await page.once(() => page.last('result') !== undefined);
    assert.deepEqual(page.last('result'), { did: 'accepted', count: 1, until });
    assert.equal(page.last('summary')?.open, 3);
    send({ type: 'removeAcceptance', rows: page.at('accepted') });
    await page.once(() => page.last('summary')?.open === 4);
    assert.equal(organization.accepted.size, 0);
  });

  it('opens details, and exports what it reviewed', async () => {
    await load();
    const opened: string[] = [];
    let findings = 0;
    session.dispose();
    session = sessionWith({
      showPermission: async ({ permissionId }) => void opened.push(permissionId),
      exportReview: async (review) => {
        findings = review.findings.length;
      },
    });
    send({ type: 'export' });
    assert.equal(findings, 0, 'nothing was reviewed yet');
    await show();
    const [first] = page.rows.values();
    assert.ok(first);
    send({ type: 'details', row: first.at });
    send({ type: 'details', row: [99, 0] });
    assert.deepEqual(opened, [first.permissionId]);
    send({ type: 'export' });
    assert.equal(findings, 5);
  });

  it('passes what was chosen in the menu of a row on to the page, and copies IDs of rows that it knows', async () => {
    await load();
    const copied: unknown[] = [];
    session.dispose();
    session = sessionWith({ copyIds: async (of, ids) => void copied.push([of, ids]) });
    await show();
    const menu = { act: 'details', key: 'a row' } as const;
    send({ type: 'menu', menu });
    assert.deepEqual(page.last('menu'), menu);
    const [first] = page.rows.values();
    assert.ok(first);
    send({ type: 'copyIds', of: 'permission', rows: [first.at, [99, 0]] });
    send({ type: 'copyIds', of: 'project', rows: [first.at, first.at] });
    assert.deepEqual(copied[0], ['permission', [first.permissionId]]);
    const [, [, projects]] = copied as [unknown, [string, string[]]];
    assert.equal(projects.length, 1);
  });

  describe('looks for access without effect', () => {
    const asked = () =>
      emulator.requests.filter(({ endpoint }) => endpoint === 'modelPermissions.retrieve').length;
    const policies = () => page.last('policies');
    let users: string[];
    beforeEach(async () => {
      const { state } = emulator.organization;
      users = ['Berth crew', 'Customs crew'].map((name) => state.addProject(name).id);
      emulator.organization.addCheckpoint(`${open}:ckpt-step-1`, { permissions: users });
      await organization.catalog.add([`${open}:ckpt-step-1`]);
      state.modelPolicies.set(users[0] ?? '', {
        object: 'project.model_permissions',
        mode: 'deny_list',
        model_ids: [`${open}:ckpt-step-1`],
      });
    });

    it('when a person asks for model policies, each once, and says how far they are loaded', async () => {
      await load();
      await show();
      assert.equal(page.last('summary')?.isChecked.withoutEffect, false);
      assert.deepEqual([policies()?.projects, policies()?.notLoaded, asked()], [2, 2, 0]);
      assert.ok(
        [...page.gaps.values()].some(({ about, requests }) => about === 'policies' && requests === 2),
      );
      send({ type: 'loadPolicies' });
      send({ type: 'loadPolicies' });
      await page.once(() => policies()?.progress !== undefined);
      await page.once(() => policies()?.progress === undefined && page.at('withoutEffect').length > 0);
      assert.equal(asked(), 2);
      assert.equal(page.last('summary')?.isChecked.withoutEffect, true);
      assert.deepEqual(
        [...page.rows.values()].flatMap(({ reasons }) =>
          reasons.filter(({ kind }) => kind === 'withoutEffect'),
        ),
        [{ kind: 'withoutEffect', why: ['blocked'] }],
      );
      assert.ok(![...page.gaps.values()].some(({ about }) => about === 'policies'));
      send({ type: 'loadPolicies' });
      await emulator.idle();
      assert.equal(asked(), 2, 'what is current is not asked for again');
    });

    it('says which policy could not be loaded, and loads that one again', async () => {
      await load();
      await show();
      emulator.fail('modelPermissions.retrieve', faults.status(500), 1);
      send({ type: 'loadPolicies' });
      await page.once(() => policies()?.failed === 1 && policies()?.notLoaded === 0);
      await page.once(() => policies()?.progress === undefined);
      const gap = () => [...page.gaps.values()].find(({ project }) => project !== undefined);
      await page.once(() => gap() !== undefined);
      assert.match(gap()?.text ?? '', /model policy couldn't be loaded/);
      assert.ok((policies()?.failure ?? '').length > 0);
      assert.equal(asked(), 2);
      send({ type: 'loadPolicy', project: 99 });
      send({ type: 'loadPolicy', project: gap()?.project ?? 99 });
      await page.once(() => policies()?.failed === 0 && gap() === undefined);
      assert.equal(asked(), 3);
    });

    it('stops when asked', async () => {
      await load();
      await show();
      emulator.hold('modelPermissions.retrieve');
      send({ type: 'loadPolicies' });
      await emulator.requested(1, 'modelPermissions.retrieve');
      send({ type: 'cancelPolicies' });
      await page.once(() => policies()?.progress === undefined);
      emulator.release();
      assert.deepEqual([policies()?.notLoaded, policies()?.failed, asked()], [2, 0, 1]);
    });

    it('loads nothing again after changes of access', async () => {
      await load();
      await show();
      send({ type: 'loadPolicies' });
      await page.once(() => page.at('withoutEffect').length > 0);
      organization.permissions.changed(open);
      await organization.permissions.readCertain(open);
      await page.once(() => policies()?.progress === undefined);
      assert.equal(asked(), 2);
      assert.equal(policies()?.notLoaded, 0);
    });
  });

  it('sends what a new page needs, when it is opened again', async () => {
    await load();
    await show();
    const before = page.updates.length;
    session.sendAll();
    await page.next();
    assert.ok(page.updates.slice(before).some(({ isFirst }) => isFirst));
    assert.equal(page.rows.size, 4);
  });

  it('Truth 16: reviews 10,000 permissions in slices, and sends them in messages of limited size', async () => {
    const large = await loadedOrganization({ projects: 1001, checkpoints: 10, oneIn: 1 });
    large.reviewSettings.choose({ countsShutdownSoon: true });
    page = new Page();
    const own = sessionWith({}, large);
    let isOver = false;
    let turns = 0;
    const other = (): void => {
      turns += 1;
      if (!isOver) setImmediate(other);
    };
    own.setVisible(true);
    own.sendAll();
    setImmediate(other);
    await page.next();
    isOver = true;
    own.dispose();
    large.dispose();
    assert.equal(page.rows.size, page.last('summary')?.open);
    assert.ok(page.rows.size >= 5000, `${page.rows.size}`);
    for (const { rows = [] } of page.updates) assert.ok(rows.length <= 1000);
    assert.ok(turns >= 5, `${turns} turns for others`);
  });
});

describe('messages of the findings tab', () => {
  it('are ignored as a whole when any part is invalid', () => {
    const requests: unknown[] = [
      undefined,
      7,
      {},
      { type: 'anything' },
      { type: 'stage' },
      { type: 'stage', rows: [[1]] },
      { type: 'stage', rows: [[1, -1]] },
      { type: 'stage', rows: [[1, 'proj_a']] },
      { type: 'stage', rows: new Array(100_001).fill([0, 0]) },
      { type: 'details', row: {} },
      { type: 'unusedDays', days: 1.5 },
      { type: 'unusedDays', days: '30' },
      { type: 'countShutdownSoon', isCounted: 'yes' },
    ];
    for (const request of requests)
      assert.equal(parseFindingsRequest(request), undefined, JSON.stringify(request));
    assert.deepEqual(parseFindingsRequest({ type: 'stage', rows: [[1, 2]], more: 1 }), {
      type: 'stage',
      rows: [[1, 2]],
    });
    const row = {
      at: [0, 1],
      place: 'unused',
      reasons: [{ kind: 'unused', days: 90 }],
      grantedAt: 1,
      permissions: 1,
      permissionId: 'cp_1',
    };
    const valid = (...rows: unknown[]) => parseFindingsUpdate({ type: 'findings', rows }) !== undefined;
    assert.ok(valid(row));
    assert.ok(!valid({ ...row, place: 'somewhere' }));
    assert.ok(!valid({ ...row, reasons: [] }));
    assert.ok(!valid({ ...row, reasons: [{ kind: 'unused' }] }));
    assert.ok(!valid({ ...row, reasons: [{ kind: 'toString' }] }));
    assert.ok(!valid({ ...row, reasons: [{ kind: 'shutDown', shutdown: { shutsDownOn: 7 } }] }));
    assert.ok(!valid({ ...row, reasons: [{ kind: 'archived', acceptance: { until: '2099-01-01' } }] }));
    assert.ok(!valid(row, null));
    assert.equal(parseFindingsUpdate({ type: 'findings', result: { did: 'exploded' } }), undefined);
    assert.equal(parseFindingsUpdate({ type: 'matrix' }), undefined);
  });
});
