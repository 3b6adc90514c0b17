import assert from 'node:assert/strict';
import type { RowReason } from '../../../src/access/evidence/review/findingRows';
import {
  acceptanceInWords,
  acceptedMany,
  findingCount,
  findingCountSoFar,
  findingInWords,
  findingsInShort,
  openFindings,
  reasonInWords,
  reasonsInWords,
  soonNotCounted,
  stageSelected,
  tooManyToAccept,
  unusedHeading,
} from '../../../src/words/findings';

const now = Date.UTC(2026, 10, 21, 12);
const at = (month: number, day: number): number => Date.UTC(2026, month - 1, day);
const nameOf = (id: string): string => (id === 'proj_a' ? 'Berth planning' : id);
const shutdown = { shutsDownOn: '2027-01-14', source: 'table' } as const;

describe('words: the number of findings', () => {
  it('names what is counted', () => {
    assert.deepEqual([0, 1, 2].map(findingCount), ['0 findings', '1 finding', '2 findings']);
    assert.deepEqual([1, 2].map(findingCountSoFar), ['1 finding so far', '2 findings so far']);
  });
});

describe('words: findings as rows', () => {
  const acceptance = {
    finding: 'archived',
    checkpoint: 'ft:x',
    project: 'proj_b',
    reason: 'Known',
    until: '2026-12-31',
  } as const;
  const cases: readonly (readonly [readonly RowReason[], string])[] = [
    [
      [
        { kind: 'archived', archivedAt: at(9, 20) },
        { kind: 'unused', days: 90, grantedAt: at(1, 2), until: now },
      ],
      'archived Sep 20, 2026 UTC · also unused for 90 days',
    ],
    [
      [
        { kind: 'unused', days: 1, grantedAt: at(1, 2), until: now },
        { kind: 'shutsDownSoon', shutdown },
      ],
      'unused for 1 day · also shuts down Jan 14, 2027 (54 days)',
    ],
    [
      [
        { kind: 'unused', days: 30, grantedAt: at(1, 2), until: now, lastUsed: at(10, 1) },
        { kind: 'sharedWithAll', activeProjects: 1200 },
      ],
      'last used Oct 1, 2026 UTC · also shared with all 1,200 active projects',
    ],
    [
      [{ kind: 'sharedWithAll', activeProjects: 5, mayBeOwner: 'proj_a' }],
      'shared with 4 of 5 active projects (Berth planning may be the owner)',
    ],
    [
      [{ kind: 'archived' }, { kind: 'withoutEffect', why: ['notAllowed'] }],
      "archived · also the project's model policy doesn't list this model",
    ],
    [
      [{ kind: 'archived', acceptance: { ...acceptance, isExpired: true } }],
      'archived (was accepted until Dec 31, 2026)',
    ],
    [
      [{ kind: 'archived', acceptance: { ...acceptance, isExpired: false } }],
      'archived (accepted until Dec 31, 2026)',
    ],
    [
      [{ kind: 'archived', acceptance: { ...acceptance, isExpired: false, isOfFile: true } }],
      'archived (accepted in the access file until Dec 31, 2026)',
    ],
  ];
  for (const [reasons, words] of cases)
    it(words, () => assert.equal(reasonsInWords(reasons, nameOf, now), words));

  it('say until when and why they are accepted', () => {
    assert.equal(acceptanceInWords(acceptance), 'accepted until Dec 31, 2026: Known');
    assert.equal(
      acceptanceInWords({ ...acceptance, isOfFile: true }),
      'accepted in the access file until Dec 31, 2026: Known',
    );
    assert.equal(acceptedMany(1, '2026-12-31'), 'Accepted 1 finding until Dec 31, 2026.');
    assert.equal(acceptedMany(1200, '2026-12-31'), 'Accepted 1,200 findings until Dec 31, 2026.');
    assert.equal(
      tooManyToAccept(3000),
      'Nothing was accepted: you selected 3,000 findings, and at most 2,000 can be accepted in an organization. Remove acceptances that are no longer needed first.',
    );
    assert.equal(
      tooManyToAccept(1),
      'Nothing was accepted: at most 2,000 findings can be accepted in an organization. Remove acceptances that are no longer needed first.',
    );
  });

  it('count in short, and never look complete while something was not checked', () => {
    assert.equal(openFindings(0, 0, true), '');
    assert.equal(openFindings(0, 0, false), '0');
    assert.equal(openFindings(14, 300, true), '14+');
    assert.equal(openFindings(1400, 3000, false), '1,400');
    for (const [open, permissions, notChecked, words] of [
      [0, 0, 0, 'No findings · 0 permissions checked'],
      [1, 1, 1, '1 finding · 1 permission checked · 1 item not checked'],
      [2, 1200, 3, '2 findings · 1,200 permissions checked · 3 items not checked'],
    ] as const)
      assert.equal(findingsInShort({ open, permissions, notChecked }), words);
  });

  it('say how many days access was unused, and what is staged', () => {
    assert.equal(unusedHeading(1), 'Unused for 1 day');
    assert.equal(unusedHeading(90), 'Unused for 90 days');
    const unused = { kind: 'unused', days: 30, grantedAt: at(1, 2), until: now } as const;
    assert.equal(findingInWords(unused), 'Unused for 30 days');
    assert.equal(
      reasonInWords({ ...unused, days: 1 }, nameOf, now),
      'Not used in the day before Nov 21, 2026 UTC · granted Jan 2, 2026 UTC',
    );
    assert.equal(stageSelected(0), 'Stage to Revoke');
    assert.equal(stageSelected(1), 'Stage 1 to Revoke');
    assert.equal(stageSelected(12), 'Stage 12 to Revoke');
  });

  it('say why shutdowns soon are not counted', () => {
    assert.equal(
      soonNotCounted(296, 310),
      'Not counted: it applies to 296 of 310 permissions that were checked.',
    );
    assert.equal(
      soonNotCounted(1310, 1310),
      'Not counted: it applies to all 1,310 permissions that were checked.',
    );
    assert.equal(soonNotCounted(1, 1), 'Not counted: it applies to the only permission that was checked.');
  });
});
