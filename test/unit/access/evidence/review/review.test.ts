import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { reviewTable } from '../../../../../src/access/evidence/export/reviewTable';
import {
  type Finding,
  notReviewedInWords,
  type Review,
} from '../../../../../src/access/evidence/review/finding';
import { reviewOf, type UsageKnown } from '../../../../../src/access/evidence/review/review';
import { unusedFor } from '../../../../../src/access/evidence/review/unused';
import { Usage } from '../../../../../src/access/evidence/review/usage';
import { revokesFor, StagedChanges } from '../../../../../src/access/plan/staged';
import { usageAge } from '../../../../../src/access/thresholds';
import { faults } from '../../../../emulator/index';
import { organizationAt, usePlace } from '../../support';

const ended = 'ft:gpt-3.5-turbo-0125:harbor-labs:bygone:Bb1Yy2Gg';
const ending = 'ft:gpt-4.1-2025-04-14:harbor-labs:soon:Ss1Oo2Nn';
const open = 'ft:my-model:harbor-labs:open:Oo1Pp2Ee';
const now = Date.UTC(2026, 10, 21, 12);
const seconds = now / 1000;
const day = 24 * 60 * 60;
const noUse: UsageKnown = { snapshot: { uses: new Map(), from: seconds - 92 * day, readAt: now } };
const notRead: UsageKnown = { notRead: true, requests: 3 };

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
  beforeEach(() => {
    place.organization.dispose();
    place.organization = organizationAt(place.emulator, [ended, ending, open], () => now);
  });

  const readAll = async () => {
    await place.organization.projects.read();
    for (const id of place.organization.catalog.ids) await place.organization.permissions.readAll(id);
  };
  const inShort = ({ findings }: Review) =>
    findings.map(({ kind, checkpoint, access }: Finding) => [
      kind,
      checkpoint.split(':')[3],
      ...access.map(({ project }) => place.organization.projects.nameOf(project)),
    ]);

  it('of nothing that was read finds nothing, and says of everything that it was not reviewed', () => {
    const review = reviewOf(place.organization, notRead, now);
    assert.deepEqual(review.findings, []);
    assert.equal(review.grants, 0);
    assert.equal(review.notReviewed.length, 5);
    assert.equal(
      review.notReviewed.reduce((sum, { requests }) => sum + requests, 0),
      1 + 3 + 3,
    );
    assert.deepEqual(place.emulator.requests, []);
  });

  it('finds archived projects, ended and ending models, and what is shared with everybody', async () => {
    await readAll();
    const review = reviewOf(place.organization, notRead, now);
    assert.deepEqual(
      inShort(review),
      [
        ['ended', 'bygone', 'Berth planning'],
        ['archived', 'soon', 'Hackathon'],
        ['endsSoon', 'soon', 'Hackathon'],
        ['endsSoon', 'soon', 'Berth planning'],
        ['everybody', 'open', 'Customs desk', 'Berth planning'],
      ].map((row) => row),
    );
    assert.equal(review.grants, 5);
    const [gone, old, soon] = review.findings;
    assert.equal(gone?.reason, 'Its model ended 23 Oct 2026');
    assert.equal(old?.reason, 'Project archived 13 Aug 2026');
    assert.equal(soon?.reason, 'Its model ends 14 Jan 2027, 54 days left');
    assert.match(review.findings.at(-1)?.reason ?? '', /but Invoice reader, which may be the owner: 2 of 3/);
    assert.deepEqual(review.notReviewed.map(notReviewedInWords), [
      'Which grants are not used: use was not read',
    ]);
  });

  it('knows the owner, who needs no grant, where somebody has told', async () => {
    await readAll();
    const everybody = () =>
      reviewOf(place.organization, notRead, now).findings.find(({ kind }) => kind === 'everybody')?.reason;
    await place.organization.catalog.add([{ id: open, findings: [], owner: active[2] ?? '' }]);
    assert.equal(everybody(), 'Shared with every active project: all 2 of them');
    await place.organization.catalog.add([{ id: open, findings: [], owner: active[0] ?? '' }]);
    assert.equal(everybody(), undefined, 'one that is not the owner lacks access');
  });

  it('finds what was not used, and puts nothing down to an owner', async () => {
    await readAll();
    const unused = () =>
      reviewOf(place.organization, noUse, now).findings.filter(({ kind }) => kind.startsWith('unused'));
    assert.ok(unused().length > 0);
    assert.ok(
      unused().every(({ reason }) => /Not used in the \d\d days before 21 Nov 2026, granted/.test(reason)),
    );
    const before = unused().length;
    const [first] = unused();
    await place.organization.catalog.add([
      { id: first?.checkpoint ?? '', findings: [], owner: first?.access[0]?.project ?? '' },
    ]);
    assert.ok(unused().length < before);
  });

  it('does not judge use by what is put down to nobody', async () => {
    await readAll();
    const usage: UsageKnown = { snapshot: { uses: new Map(), from: 0, readAt: now, unattributed: true } };
    const review = reviewOf(place.organization, usage, now);
    assert.ok(review.findings.every(({ kind }) => !kind.startsWith('unused')));
    assert.match(review.notReviewed[0]?.what ?? '', /put some use down to no project/);
  });

  it('does not judge by a list from before a change, nor call a part of one whole', async () => {
    await readAll();
    place.organization.permissions.changed(ended);
    place.emulator.fail('permissions.list', faults.status(500), 1);
    await place.organization.permissions.readAgain(open).catch(() => undefined);
    const review = reviewOf(place.organization, notRead, now);
    assert.ok(review.findings.every(({ checkpoint }) => checkpoint !== ended));
    const words = review.notReviewed.map(notReviewedInWords).join('\n');
    assert.match(words, /bygone.*: its permissions were read before a change/);
    assert.match(words, /open.*reading it again failed: The API failed/);
  });

  it('says of a list from before a refresh that it does not know what changed since', async () => {
    await readAll();
    place.organization.permissions.outdate(open);
    const gaps = reviewOf(place.organization, noUse, now).notReviewed;
    assert.deepEqual(
      gaps.map(({ checkpoint }) => checkpoint),
      [open],
    );
    assert.match(gaps[0]?.what ?? '', /what changed since 21 Nov 2026, because it was not read again/);
  });

  it('says what fails of projects and use, in words', async () => {
    place.emulator.fail('projects.list', faults.status(403));
    await place.organization.projects.read();
    const review = reviewOf(place.organization, { failure: new Error('no way') }, now);
    const words = review.notReviewed.map(notReviewedInWords).join('\n');
    assert.match(words, /the list of projects could not be read: The key isn't allowed/);
    assert.match(words, /Which grants are not used: use could not be read: .*no way/);
  });

  it('is exported with a row for each grant and what was not reviewed', async () => {
    await readAll();
    const review = reviewOf(place.organization, notRead, now);
    const table = reviewTable(place.organization, review, notRead);
    assert.equal(table.rows.length, 6);
    assert.ok(table.rows.every((row) => row.length === table.columns.length));
    assert.deepEqual(table.missing, ['Not reviewed: Which grants are not used: use was not read.']);
  });

  it('is staged as one revoke for each checkpoint and project', async () => {
    await readAll();
    const { findings } = reviewOf(place.organization, notRead, now);
    const revokes = revokesFor(findings);
    assert.equal(revokes.length, 5);
    const staged = new StagedChanges();
    staged.stage(revokes);
    const { plan } = staged.toPlan((id) => place.organization.permissions.snapshot(id));
    assert.equal(plan.steps.length, 5);
    assert.ok(plan.steps.every(({ action }) => action === 'revoke'));
  });
});

describe('use', () => {
  const place = usePlace(20);
  let at = now;
  const usageOf = () => new Usage(place.organization.organizationAPI.usage, () => at);
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

  it('is all or nothing: a part of it would tell of long ago', async () => {
    const usage = usageOf();
    place.emulator.fail(
      ({ endpoint, query }) => endpoint === 'usage.completions' && 'page' in query,
      faults.status(500),
    );
    await assert.rejects(usage.read(signal));
    assert.equal(usage.known, undefined);
  });

  it('agrees with what the days say, for any use and any grant', () => {
    const use = fc.option(fc.integer({ min: 0, max: 92 }), { nil: undefined });
    void fc.assert(
      fc.property(use, fc.integer({ min: 0, max: 200 }), (usedDaysAgo, grantedDaysAgo) => {
        const today = Math.floor(seconds / day) * day;
        const lastDay = usedDaysAgo === undefined ? undefined : today - usedDaysAgo * day;
        const uses = new Map([
          [open, new Map(lastDay === undefined ? [] : [['proj_a', { requests: 1, lastDay }]])],
        ]);
        const found = unusedFor({ uses, readAt: now }, open, 'proj_a', seconds - grantedDaysAgo * day - 1);
        const quiet = Math.min(grantedDaysAgo, usedDaysAgo ?? Number.POSITIVE_INFINITY);
        assert.equal(found?.kind, quiet >= 90 ? 'unused90' : quiet >= 30 ? 'unused30' : undefined);
      }),
    );
  });
});
