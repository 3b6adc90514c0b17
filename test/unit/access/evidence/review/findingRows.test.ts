import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { Acceptance } from '../../../../../src/access/evidence/review/accepted';
import {
  type Finding,
  type FindingKind,
  findingKinds,
  type Reason,
  type Review,
} from '../../../../../src/access/evidence/review/finding';
import {
  type FindingChoices,
  findingRows,
  isAccepted,
} from '../../../../../src/access/evidence/review/findingRows';
import { atOnce } from '../../../../../src/access/slices';
import { isNearlyAll } from '../../../../../src/access/thresholds';

const now = Date.UTC(2026, 10, 27, 12);
const shutdown = { shutsDownOn: '2027-01-14', source: 'table' } as const;
const reasons: Readonly<Record<FindingKind, Reason>> = {
  shutDown: { kind: 'shutDown', shutdown },
  archived: { kind: 'archived' },
  unused: { kind: 'unused', days: 90, grantedAt: 1, until: now },
  shutsDownSoon: { kind: 'shutsDownSoon', shutdown },
  sharedWithAll: { kind: 'sharedWithAll', activeProjects: 3 },
  withoutEffect: { kind: 'withoutEffect', why: ['notAllowed'] },
};

const accessOf = (project: string, permissions = 1) => ({
  project,
  permissions: Array.from({ length: permissions }, (_, index) => ({
    object: 'checkpoint.permission' as const,
    id: `cp_${project}_${index}`,
    project_id: project,
    created_at: 1,
  })),
});

function found(kind: FindingKind, checkpoint: string, ...projects: string[]): Finding {
  return { ...reasons[kind], checkpoint, access: projects.map((each) => accessOf(each)), loadedAt: now };
}

/** A review has its findings by kind. */
function reviewWith(findings: readonly Finding[], accesses = 100): Review {
  const rank = ({ kind }: Finding): number => findingKinds.indexOf(kind);
  const sorted = [...findings].sort((one, other) => rank(one) - rank(other));
  const policies = { projects: [], notLoaded: [], old: [], failed: [] };
  return {
    findings: sorted,
    notReviewed: [],
    policies,
    unusedDays: 90,
    permissions: accesses,
    accesses,
    at: now,
  };
}

const nothingAccepted: FindingChoices = { acceptanceOf: () => undefined };
const rowsOf = (review: Review, choices: FindingChoices = nothingAccepted) =>
  atOnce(findingRows(review, choices));

describe('the rows of findings', () => {
  it('list each access once, with all of its reasons, under the first category', () => {
    const { rows, counts, open } = rowsOf(
      reviewWith([
        found('sharedWithAll', 'ft:a', 'proj_1', 'proj_2'),
        found('unused', 'ft:a', 'proj_1'),
        found('archived', 'ft:a', 'proj_1'),
        found('archived', 'ft:b', 'proj_1'),
      ]),
    );
    assert.deepEqual(
      rows.map(({ checkpoint, project, place, reasons: all }) => [
        `${checkpoint} ${project}`,
        place,
        all.map(({ kind }) => kind).join(),
      ]),
      [
        ['ft:a proj_1', 'archived', 'archived,unused,sharedWithAll'],
        ['ft:b proj_1', 'archived', 'archived'],
        ['ft:a proj_2', 'sharedWithAll', 'sharedWithAll'],
      ],
    );
    assert.deepEqual([counts.archived, counts.sharedWithAll, counts.unused, open], [2, 1, 0, 3]);
  });

  const acceptanceFor = (until: string, ...accepted: FindingKind[]): FindingChoices => ({
    acceptanceOf: ({ finding, ...rest }): Acceptance | undefined =>
      accepted.includes(finding) ? { finding, ...rest, reason: 'known', until } : undefined,
  });

  it('take an accepted finding off the count, and keep it', () => {
    const review = reviewWith([found('archived', 'ft:a', 'proj_1')]);
    const { rows, open } = rowsOf(review, acceptanceFor('2026-12-31', 'archived'));
    assert.equal(open, 0);
    assert.equal(rows[0]?.place, 'accepted');
    assert.equal(rows[0]?.reasons[0]?.acceptance?.reason, 'known');
  });

  it('bring back a finding whose acceptance is over, and say that it was accepted', () => {
    const review = reviewWith([found('archived', 'ft:a', 'proj_1')]);
    const { rows, open } = rowsOf(review, acceptanceFor('2026-11-26', 'archived'));
    assert.equal(open, 1);
    assert.equal(rows[0]?.place, 'archived');
    assert.equal(rows[0]?.reasons[0]?.acceptance?.isExpired, true);
  });

  it('bring back accepted access that has a finding of another kind, under that', () => {
    const review = reviewWith([found('archived', 'ft:a', 'proj_1'), found('unused', 'ft:a', 'proj_1')]);
    const { rows, open } = rowsOf(review, acceptanceFor('2026-12-31', 'archived'));
    assert.equal(open, 1);
    assert.deepEqual(
      [rows[0]?.place, rows[0]?.reasons.map(({ kind }) => kind)],
      ['unused', ['unused', 'archived']],
    );
  });

  it('do not count what shuts down soon where it applies to nearly all, unless a person wants it', () => {
    const projects = Array.from({ length: 40 }, (_, index) => `proj_${index}`);
    const review = (accesses: number) =>
      reviewWith(
        [found('shutsDownSoon', 'ft:a', ...projects), found('archived', 'ft:a', 'proj_0')],
        accesses,
      );
    const { rows, counts, shutsDownSoon, open } = rowsOf(review(42));
    assert.deepEqual(shutsDownSoon, { found: 40, isCounted: false });
    assert.deepEqual([open, counts.shutsDownSoon], [1, 0]);
    assert.deepEqual(
      rows[0]?.reasons.map(({ kind }) => kind),
      ['archived'],
      'nor is it said beside another finding',
    );
    assert.equal(rowsOf(review(400)).open, 40);
    assert.equal(rowsOf(review(42), { ...nothingAccepted, countsShutdownSoon: true }).open, 40);
    assert.equal(rowsOf(review(400), { ...nothingAccepted, countsShutdownSoon: false }).open, 1);
    assert.equal(isNearlyAll(3, 3), false, 'a few can be looked at');
  });

  it('say whether what was not reviewed may have more', () => {
    const standing = { state: 'loaded', count: 1, isComplete: true, isLoading: false } as const;
    const gap = (more: object) =>
      ({ about: 'checkpoint', checkpoint: 'ft:a', requests: 1, standing: { ...standing, ...more } }) as never;
    const mayBeMore = (...notReviewed: Review['notReviewed']) =>
      rowsOf({ ...reviewWith([]), notReviewed }).mayBeMore;
    assert.equal(mayBeMore(), false);
    assert.equal(mayBeMore(gap({ doubts: ['old'] })), false);
    assert.equal(mayBeMore(gap({ doubts: ['moreToLoad'], isComplete: false })), true);
    assert.equal(mayBeMore(gap({ doubts: ['beforeYourChange'] })), true);
    assert.equal(mayBeMore(gap({ doubts: [], state: 'notLoaded', isComplete: false })), true);
    assert.equal(mayBeMore({ about: 'owners', checkpoints: 3, requests: 0 }), false);
  });

  it('for any findings and acceptances: each permission once, nothing lost, counts as listed', () => {
    const project = fc.constantFrom('proj_1', 'proj_2', 'proj_3', 'proj_4');
    const kind = fc.constantFrom(...findingKinds);
    const checkpoint = fc.constantFrom('ft:a', 'ft:b');
    const finding = fc
      .tuple(kind, checkpoint, fc.uniqueArray(project, { minLength: 1 }))
      .map(([each, of, projects]) => found(each, of, ...projects));
    const findings = fc.uniqueArray(finding, {
      selector: ({ kind: each, checkpoint: of }) => `${each} ${of}`,
      maxLength: 12,
    });
    const day = fc.constantFrom('2026-11-26', '2026-11-27', '2026-12-31');
    const acceptances = fc.dictionary(
      fc.tuple(kind, checkpoint, project).map((parts) => parts.join(' ')),
      day,
    );
    const counts = fc.option(fc.boolean(), { nil: undefined });
    void fc.assert(
      fc.property(findings, acceptances, counts, (all, days, countsShutdownSoon) => {
        const untilOf = (parts: readonly string[]): string | undefined => days[parts.join(' ')];
        const review = reviewWith(all, 8);
        const result = rowsOf(review, {
          countsShutdownSoon,
          acceptanceOf: (each) => {
            const until = untilOf([each.finding, each.checkpoint, each.project]);
            return until === undefined ? undefined : { ...each, reason: 'known', until };
          },
        });
        const ids = result.rows.flatMap(({ checkpoint: of, permissions }) =>
          permissions.map(({ id }) => `${of} ${id}`),
        );
        assert.equal(new Set(ids).size, ids.length, 'no permission twice');
        const counting = (each: FindingKind): boolean =>
          each !== 'shutsDownSoon' || result.shutsDownSoon.isCounted;
        const expected = new Set(
          all
            .filter(({ kind: each }) => counting(each))
            .flatMap(({ checkpoint: of, access }) => access.map((each) => `${of} ${each.project}`)),
        );
        assert.deepEqual(
          new Set(result.rows.map(({ checkpoint: of, project: who }) => `${of} ${who}`)),
          expected,
          'none lost, none added',
        );
        for (const row of result.rows) {
          const kinds = row.reasons.map((reason) => reason.kind);
          const had = all.filter(
            (each) =>
              each.checkpoint === row.checkpoint && each.access.some((one) => one.project === row.project),
          );
          const counted = had.map((each) => each.kind).filter(counting);
          assert.deepEqual(new Set(kinds), new Set(counted));
          assert.equal(new Set(kinds).size, kinds.length);
          const held = (each: FindingKind): boolean =>
            (untilOf([each, row.checkpoint, row.project]) ?? '') >= '2026-11-27';
          const openKinds = findingKinds.filter(
            (each) => kinds.includes(each) && counting(each) && !held(each),
          );
          assert.equal(row.place, openKinds[0] ?? 'accepted');
          for (const reason of row.reasons) assert.equal(isAccepted(reason), held(reason.kind));
        }
        for (const [place, count] of Object.entries(result.counts))
          assert.equal(count, result.rows.filter((row) => row.place === place).length);
        assert.equal(result.open, result.rows.filter(({ place }) => place !== 'accepted').length);
      }),
    );
  });
});
