import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { reviewData } from '../../../../../src/access/evidence/export/reviewData';
import type { Finding, Review } from '../../../../../src/access/evidence/review/finding';
import {
  type ReviewSource,
  reviewOf,
  type UsageState,
} from '../../../../../src/access/evidence/review/review';
import { mostUnusedDays, unusedFor } from '../../../../../src/access/evidence/review/unused';
import { UsageCache } from '../../../../../src/access/evidence/review/usageCache';
import { policiesToLoad } from '../../../../../src/access/explain/projectPolicies';
import type { Organization } from '../../../../../src/access/organization';
import { atOnce } from '../../../../../src/access/slices';
import { oldAfter, usageAge } from '../../../../../src/access/thresholds';
import { PermissionDeniedError } from '../../../../../src/openai/index';
import { reviewTable } from '../../../../../src/words/exports/reviewTable';
import { notReviewedInWords } from '../../../../../src/words/review';
import { doubtInWords } from '../../../../../src/words/standing';
import { faults } from '../../../../emulator/index';
import { organizationAt, usePlace } from '../../support';

const ended = 'ft:gpt-3.5-turbo-0125:harbor-labs:bygone:Bb1Yy2Gg';
const ending = 'ft:gpt-4.1-2025-04-14:harbor-labs:soon:Ss1Oo2Nn';
const open = 'ft:my-model:harbor-labs:open:Oo1Pp2Ee';
const now = Date.UTC(2026, 10, 21, 12);
const seconds = now / 1000;
const day = 24 * 60 * 60;
const noUse: UsageState = { snapshot: { uses: new Map(), from: seconds - 92 * day, loadedAt: now } };
const notLoaded: UsageState = { notLoaded: true, requests: 3 };

const byID = { checkpoint: (id: string) => id, project: (id: string) => id };

describe('a review of access', () => {
  let active: string[] = [];
  let archived = '';
  const place = usePlace(0, ({ organization }) => {
    const { state } = organization;
    state.projects.clear();
    active = ['Berth planning', 'Customs desk', 'Invoice reader'].map((name) => state.addProject(name).id);
    archived = state.addProject('Hackathon', seconds - 900 * day, seconds - 100 * day).id;
    const [one = '', two = ''] = active;
    const owner = active[2] ?? '';
    organization.addCheckpoint(ended, { owner, permissions: [one] });
    organization.addCheckpoint(ending, { owner, permissions: [one, archived] });
    organization.addCheckpoint(open, { owner, permissions: [one, two] });
  });
  let clock = now;
  beforeEach(() => {
    clock = now;
    place.organization.dispose();
    place.organization = organizationAt(place.emulator, [ended, ending, open], () => clock);
  });

  const readAll = async () => {
    await place.organization.projects.read();
    for (const id of place.organization.catalog.ids) await place.organization.permissions.readAll(id);
  };
  const policies = (projects: number) => ({
    about: 'policies',
    why: 'notLoaded',
    projects,
    requests: projects,
  });
  const inShort = ({ findings }: Review) =>
    findings.map(({ kind, checkpoint, access }: Finding) => [
      kind,
      checkpoint.split(':')[3],
      ...access.map(({ project }) => place.organization.projects.nameOf(project)),
    ]);

  const owners = (checkpoints: number) => ({ about: 'owners', checkpoints, requests: 0 });

  it('of nothing that was read finds nothing, and says of everything that it was not reviewed', () => {
    const review = atOnce(reviewOf(place.organization, notLoaded, now));
    assert.deepEqual(review.findings, []);
    assert.equal(review.permissions, 0);
    assert.equal(review.notReviewed.length, 6);
    assert.equal(
      review.notReviewed.reduce((sum, { requests }) => sum + requests, 0),
      1 + 3 + 3,
    );
    assert.deepEqual(place.emulator.requests, []);
  });

  it('finds archived projects, ended and ending models, and what is shared with everybody', async () => {
    await readAll();
    const review = atOnce(reviewOf(place.organization, notLoaded, now));
    assert.deepEqual(
      inShort(review),
      [
        ['shutDown', 'bygone', 'Berth planning'],
        ['archived', 'soon', 'Hackathon'],
        ['shutsDownSoon', 'soon', 'Hackathon'],
        ['shutsDownSoon', 'soon', 'Berth planning'],
        ['sharedWithAll', 'open', 'Customs desk', 'Berth planning'],
      ].map((row) => row),
    );
    assert.equal(review.permissions, 5);
    const reasons = review.findings.map(({ checkpoint: _, access: __, loadedAt: ___, ...reason }) => reason);
    const soon = { kind: 'shutsDownSoon', shutdown: { shutsDownOn: '2027-01-14', source: 'table' } };
    assert.deepEqual(reasons, [
      { kind: 'shutDown', shutdown: { shutsDownOn: '2026-10-23', source: 'table' } },
      { kind: 'archived', archivedAt: now - 100 * day * 1000 },
      soon,
      soon,
      { kind: 'sharedWithAll', activeProjects: 3, mayBeOwner: active[2] },
    ]);
    assert.ok(review.findings.every(({ loadedAt }) => loadedAt === now));
    assert.deepEqual(review.notReviewed, [
      { about: 'usage', why: 'notLoaded', requests: 3 },
      policies(2),
      owners(3),
    ]);
  });

  it('Truth 2: counts the checkpoints whose owner is unknown', async () => {
    const gaps = () =>
      atOnce(reviewOf(place.organization, notLoaded, now)).notReviewed.filter(
        ({ about }) => about === 'owners',
      );
    assert.deepEqual(gaps(), [owners(3)]);
    const { ids } = place.organization.catalog;
    const [first = '', ...others] = ids;
    await place.organization.catalog.add([{ id: first, findings: [], owner: 'proj_x' }]);
    assert.deepEqual(gaps(), [owners(2)]);
    await place.organization.catalog.add(others.map((id) => ({ id, findings: [], owner: 'proj_x' })));
    assert.deepEqual(gaps(), []);
  });

  it('knows the owner, who needs no grant, where somebody has told', async () => {
    await readAll();
    const shared = () =>
      atOnce(reviewOf(place.organization, notLoaded, now)).findings.find(
        ({ kind }) => kind === 'sharedWithAll',
      );
    await place.organization.catalog.add([{ id: open, findings: [], owner: active[2] ?? '' }]);
    const found = shared();
    assert.ok(found?.kind === 'sharedWithAll');
    assert.deepEqual([found.activeProjects, found.mayBeOwner], [2, undefined]);
    await place.organization.catalog.add([{ id: open, findings: [], owner: active[0] ?? '' }]);
    assert.equal(shared(), undefined, 'one that is not the owner lacks access');
  });

  it('finds what was not used, and puts nothing down to an owner', async () => {
    await readAll();
    const unused = () =>
      atOnce(reviewOf(place.organization, noUse, now)).findings.flatMap((finding) =>
        finding.kind === 'unused' ? finding : [],
      );
    assert.ok(unused().length > 0);
    for (const { until, lastUsed, grantedAt, access } of unused()) {
      assert.deepEqual([until, lastUsed], [now, undefined]);
      assert.equal(grantedAt, (access[0]?.permissions[0]?.created_at ?? 0) * 1000);
    }
    const before = unused().length;
    const [first] = unused();
    await place.organization.catalog.add([
      { id: first?.checkpoint ?? '', findings: [], owner: first?.access[0]?.project ?? '' },
    ]);
    assert.ok(unused().length < before);
  });

  it('finds what was not used for any number of days, and says when usage data is old', async () => {
    await readAll();
    const reviewFor = (unusedDays: number, at = now) => {
      const reviewSettings = { choices: { unusedDays } } as Organization['reviewSettings'];
      return atOnce(reviewOf(withSettings(reviewSettings), noUse, at));
    };
    const kinds = (review: Review) => review.findings.filter(({ kind }) => kind === 'unused').length;
    const all = kinds(reviewFor(1));
    assert.ok(all > 0);
    assert.ok(kinds(reviewFor(mostUnusedDays)) <= all);
    assert.equal(kinds(reviewFor(mostUnusedDays + 1)), 0, 'the data does not reach back that far');
    const old = reviewFor(90, now + usageAge);
    assert.deepEqual(
      old.notReviewed.filter(({ about }) => about === 'usage'),
      [{ about: 'usage', why: 'old', loadedAt: now, requests: 3 }],
    );
    assert.equal(kinds(old), kinds(reviewFor(90)), 'and reviews it all the same');
  });

  /** The organization with other settings of the review, also those that a person can't choose. */
  const withSettings = (reviewSettings: Organization['reviewSettings']): ReviewSource => {
    const { catalog, gates, owners, permissions, projects, trail, usage } = place.organization;
    return { catalog, gates, owners, permissions, projects, trail, usage, reviewSettings };
  };

  describe('looks for access without effect', () => {
    const policyOf = (project: string, mode: 'allow_list' | 'deny_list', ...models: string[]) =>
      place.emulator.organization.state.modelPolicies.set(project, {
        object: 'project.model_permissions',
        mode,
        model_ids: models,
      });
    const review = () => atOnce(reviewOf(place.organization, notLoaded, now));
    const found = () =>
      review().findings.flatMap((finding) =>
        finding.kind === 'withoutEffect'
          ? [[finding.checkpoint, finding.access.map(({ project }) => project), finding.why]]
          : [],
      );
    const gaps = () => review().notReviewed.filter(({ about }) => about === 'policies');

    it('by the model policies that are loaded, each project asked once', async () => {
      const [blocked = '', allowed = ''] = active;
      policyOf(blocked, 'deny_list', open);
      policyOf(allowed, 'allow_list', open, ended);
      await readAll();
      const before = place.emulator.requests.length;
      const { policies } = review();
      assert.ok(policies.projects.length >= 2);
      assert.equal(new Set(policies.projects).size, policies.projects.length);
      assert.deepEqual(policies.notLoaded, policies.projects);
      const missing = policies.projects.length;
      assert.deepEqual(gaps(), [
        { about: 'policies', why: 'notLoaded', projects: missing, requests: missing },
      ]);
      assert.deepEqual(found(), []);
      await place.organization.gates.policyLoad.load(policiesToLoad(policies));
      assert.equal(place.emulator.requests.length - before, missing);
      assert.deepEqual(gaps(), []);
      assert.deepEqual(found(), [[open, [blocked], ['blocked']]]);
      await place.organization.gates.policyLoad.load(policiesToLoad(review().policies));
      assert.equal(place.emulator.requests.length - before, missing, 'nothing again');
    });

    it('not in archived projects, nor for models that have shut down, which are findings already', async () => {
      await readAll();
      const { policies, findings } = review();
      const archived = findings.flatMap(({ kind, access }) => (kind === 'archived' ? access : []));
      const users = findings.flatMap(({ kind, access }) => (kind === 'shutDown' ? access : []));
      assert.ok(archived.length > 0 && users.length > 0);
      for (const { project } of archived) assert.ok(!policies.projects.includes(project));
      const others = place.organization.catalog.ids
        .filter((id) => id !== ended)
        .flatMap((id) => place.organization.permissions.snapshot(id).listing?.permissions ?? []);
      assert.deepEqual(
        new Set(policies.projects),
        new Set(
          others.map((each) => each.project_id).filter((id) => !place.organization.projects.isArchived(id)),
        ),
      );
    });

    it('and says which policy could not be loaded, or is old', async () => {
      await readAll();
      const [project = ''] = review().policies.projects;
      place.emulator.fail('modelPermissions.retrieve', faults.status(500), 1);
      await place.organization.gates.policyLoad.load([project]);
      const [missing, failed] = gaps();
      assert.equal(missing?.requests, review().policies.projects.length - 1);
      assert.ok(failed && 'project' in failed && failed.project === project);
      assert.ok(notReviewedInWords(failed, byID, now).includes(project));
      // What failed is asked for last, and again.
      assert.equal(policiesToLoad(review().policies).at(-1), project);
      await place.organization.gates.policyLoad.load(policiesToLoad(review().policies));
      assert.deepEqual(gaps(), []);
      place.organization.gates.policies.outdate();
      const [old] = gaps();
      assert.equal(old && 'why' in old && old.why, 'old');
      assert.equal(old?.requests, review().policies.projects.length);
    });
  });

  it('does not judge use by what is put down to nobody', async () => {
    await readAll();
    const usage: UsageState = { snapshot: { uses: new Map(), from: 0, loadedAt: now, unattributed: true } };
    const review = atOnce(reviewOf(place.organization, usage, now));
    assert.ok(review.findings.every(({ kind }) => kind !== 'unused'));
    assert.deepEqual(review.notReviewed, [
      { about: 'usage', why: 'unattributed', requests: 0 },
      policies(2),
      owners(3),
    ]);
  });

  it('does not judge by a list from before a change, nor call a part of one whole', async () => {
    await readAll();
    place.organization.permissions.changed(ended);
    place.emulator.fail('permissions.list', faults.status(500), 1);
    await place.organization.permissions.readAgain(open).catch(() => undefined);
    const review = atOnce(reviewOf(place.organization, notLoaded, now));
    assert.ok(review.findings.every(({ checkpoint }) => checkpoint !== ended));
    assert.deepEqual(doubtsIn(review), [
      [ended, ['beforeYourChange']],
      [open, ['refreshFailed']],
    ]);
  });

  /** The checkpoints that were not reviewed, with the reason, each of which the words name. */
  const doubtsIn = ({ notReviewed, at }: Review) =>
    notReviewed.flatMap((gap) => {
      if (gap.about !== 'checkpoint') return [];
      const { checkpoint, standing } = gap;
      const [doubt] = standing.doubts;
      const words = notReviewedInWords(gap, byID, at);
      assert.ok(words.includes(checkpoint));
      if (doubt) assert.ok(words.includes(doubtInWords[doubt](standing, at)), words);
      return [[checkpoint, standing.doubts]];
    });

  it('says of a list from before a refresh that it does not know what changed since', async () => {
    await readAll();
    place.organization.permissions.outdate(open);
    const review = atOnce(reviewOf(place.organization, noUse, now));
    assert.deepEqual(doubtsIn(review), [[open, ['beforeYourRefresh']]]);
    assert.ok(
      review.findings.some(({ checkpoint }) => checkpoint === open),
      'and reviews it all the same',
    );
  });

  it('says of an old list that it is old, and reviews it all the same', async () => {
    await readAll();
    clock += oldAfter;
    const review = atOnce(reviewOf(place.organization, noUse, clock));
    assert.deepEqual(doubtsIn(review), [
      [ended, ['old']],
      [ending, ['old']],
      [open, ['old']],
    ]);
    assert.ok(review.findings.length > 0);
  });

  it('says what fails of projects and use', async () => {
    place.emulator.fail('projects.list', faults.status(403));
    await place.organization.projects.read();
    const error = new Error('no way');
    const [projects, use] = atOnce(reviewOf(place.organization, { failure: error }, now)).notReviewed;
    assert.ok(projects?.about === 'projects');
    assert.equal(projects.standing.state, 'failed');
    assert.ok(projects.standing.failure instanceof PermissionDeniedError);
    assert.deepEqual(use, { about: 'usage', why: 'failed', error, requests: 3 });
  });

  it('is exported with a row for each grant and what was not reviewed', async () => {
    await readAll();
    const review = atOnce(reviewOf(place.organization, notLoaded, now));
    const { projects } = place.organization;
    const table = reviewTable(
      reviewData(place.organization, review, notLoaded),
      (id) => projects.nameOf(id) ?? id,
    );
    assert.equal([...table.rows].length, 6);
    assert.ok([...table.rows].every((row) => row.length === table.columns.length));
    assert.deepEqual(
      table.missing,
      review.notReviewed.map((gap) => notReviewedInWords(gap, byID, now)),
    );
    assert.equal(table.missing.length, 3);
    const column = (name: string) => table.columns.findIndex(({ id }) => id === name);
    assert.deepEqual(
      [...table.rows].map((row) => row[column('finding')]?.data),
      review.findings.flatMap(({ kind, access }) => access.map(() => kind)),
    );
    assert.deepEqual([...table.rows][0]?.[column('reason')]?.data, {
      shutdown_date: '2026-10-23',
      source: 'table',
    });
    assert.match([...table.rows][0]?.[column('reason')]?.text ?? '', /2026-10-23/);
  });
});

describe('use', () => {
  const place = usePlace(20);
  let at = now;
  const usageOf = () => new UsageCache(place.organization.organizationAPI.usage, () => at);
  const sent = () => place.emulator.requests.filter(({ endpoint }) => endpoint === 'usage.completions');
  const signal = new AbortController().signal;
  beforeEach(() => {
    at = Date.now();
  });

  it('is read by three requests at most, once, and again when it is old', async () => {
    const usage = usageOf();
    assert.equal(usage.cost, 3);
    const [known, same] = await Promise.all([usage.read(signal), usage.read(signal)]);
    assert.equal(known, same);
    assert.equal(sent().length, 3);
    assert.equal(usage.cost, 0);
    await usage.read(signal);
    assert.equal(sent().length, 3);
    assert.ok(known.uses.size > 0);
    at += usageAge;
    assert.equal(usage.cost, 3);
  });

  it('tells the requests of each day, and how far a load is', async () => {
    const usage = usageOf();
    const progress: (number | undefined)[] = [];
    usage.onDidChange(() => progress.push(usage.progress?.done));
    const { uses, from } = await usage.read(signal);
    assert.deepEqual(progress, [0, 1, 2, undefined]);
    let pairs = 0;
    for (const byProject of uses.values())
      for (const { requests, lastDay, days = [] } of byProject.values()) {
        pairs += 1;
        assert.equal(
          days.reduce((sum, each) => sum + each, 0),
          requests,
        );
        assert.equal(days.length, (lastDay - from) / day + 1);
      }
    assert.ok(pairs > 0);
  });

  it('is all or nothing: a part of it would tell of long ago', async () => {
    const usage = usageOf();
    const { from } = await usage.read(signal);
    at += usageAge;
    const before = usage.known;
    place.emulator.fail(
      ({ endpoint, query }) => endpoint === 'usage.completions' && Number(query.start_time) > from + 40 * day,
      faults.status(500),
    );
    await assert.rejects(usage.read(signal));
    assert.equal(usage.known, before);
  });

  it('agrees with what the days say, for any use and any grant', () => {
    const use = fc.option(fc.integer({ min: 0, max: mostUnusedDays }), { nil: undefined });
    const asked = fc.integer({ min: 1, max: mostUnusedDays });
    void fc.assert(
      fc.property(use, fc.integer({ min: 0, max: 200 }), asked, (usedDaysAgo, grantedDaysAgo, days) => {
        const today = Math.floor(seconds / day) * day;
        const from = today - mostUnusedDays * day;
        const lastDay = usedDaysAgo === undefined ? undefined : today - usedDaysAgo * day;
        const uses = new Map([
          [open, new Map(lastDay === undefined ? [] : [['proj_a', { requests: 1, lastDay }]])],
        ]);
        const since = seconds - grantedDaysAgo * day - 1;
        const found = unusedFor({ uses, from, loadedAt: now }, open, 'proj_a', since, days);
        // A use on the last of the days may be a minute of them away.
        const isUnused = grantedDaysAgo >= days && (usedDaysAgo === undefined || usedDaysAgo > days);
        assert.equal(found?.kind, isUnused ? 'unused' : undefined);
        const later = { uses, from: from + day, loadedAt: now };
        if (days === mostUnusedDays)
          assert.equal(unusedFor(later, open, 'proj_a', since, days), undefined, 'the data is too young');
      }),
    );
  });
});
