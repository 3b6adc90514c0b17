import { type FindingKind, notReviewedInWords, type Review } from '../review/finding';
import type { UsageKnown } from '../review/review';
import { aboutOf, type ExportSource } from './about';
import { isoMoment, momentCell, type Table, textCell } from './table';

const kinds: Readonly<Record<FindingKind, string>> = {
  ended: 'model has ended',
  archived: 'project is archived',
  unused90: 'not used for 90 days',
  unused30: 'not used for 30 days',
  endsSoon: 'model ends soon',
  everybody: 'shared with everybody',
};

/** What a review found, a row for each grant, and what it did not look at. */
export function reviewTable(source: ExportSource, review: Review, usage: UsageKnown): Table {
  const { projects } = source;
  const read = 'snapshot' in usage ? isoMoment(usage.snapshot.readAt) : 'not read';
  return {
    title: 'Review of access to fine-tuned model checkpoints',
    facts: [
      ...aboutOf(source, review.at),
      ['Use read', read],
      ...('snapshot' in usage ? ([['Use known since', isoMoment(usage.snapshot.from * 1000)]] as const) : []),
      ['Grants reviewed', String(review.grants)],
      ['Findings', String(review.findings.length)],
    ],
    missing: review.notReviewed.map((gap) => `Not reviewed: ${notReviewedInWords(gap)}.`),
    columns: [
      { id: 'finding', title: 'Finding' },
      { id: 'checkpoint', title: 'Checkpoint' },
      { id: 'project', title: 'Project' },
      { id: 'project_id', title: 'Project ID' },
      { id: 'permission_ids', title: 'Permission IDs' },
      { id: 'reason', title: 'Reason' },
      { id: 'read', title: 'Permissions read' },
    ],
    rows: review.findings.flatMap(({ kind, checkpoint, access, reason, readAt }) =>
      access.map(({ project, permissions }) => {
        const ids = permissions.map(({ id }) => id);
        return [
          textCell(kinds[kind]),
          textCell(checkpoint),
          textCell(projects.nameOf(project)),
          textCell(project),
          { text: ids.join(', '), data: ids },
          textCell(reason),
          momentCell(readAt),
        ];
      }),
    ),
  };
}
