import type { ReviewData } from '../../access/evidence/export/reviewData';
import {
  type ExportTable,
  momentCell,
  rowsOf,
  type TableCell,
  textCell,
} from '../../access/evidence/export/table';
import type { Finding } from '../../access/evidence/review/finding';
import { isDate, isoDay, isoMoment } from '../../text/dates';
import { findingInWords, reasonInWords } from '../findings';
import { notReviewedInWords } from '../review';
import { aboutFacts, daysInFiles, headings, policyFacts, unusedFact, usageFacts } from './parts';

/** The findings of a review, as a table. `nameOf`: name of a project. */
export function reviewTable(
  { about, review, usage, rows }: ReviewData,
  nameOf: (project: string) => string,
): ExportTable {
  const { at } = review;
  return {
    title: 'Review of access to fine-tuned model checkpoints',
    facts: [
      ...aboutFacts(about),
      ...usageFacts(usage),
      unusedFact(review.unusedDays),
      ...policyFacts(review.policies),
      {
        name: 'Permissions reviewed',
        label: 'Permissions checked',
        text: String(review.permissions),
      },
      { name: 'Findings', label: 'Findings', text: String(review.findings.length) },
    ],
    missing: review.notReviewed.map((gap) =>
      notReviewedInWords(gap, { checkpoint: (id) => id, project: nameOf }, at),
    ),
    columns: [
      { id: 'finding', title: 'Finding' },
      { id: 'checkpoint', title: 'Checkpoint' },
      { id: 'project', title: 'Project' },
      { id: 'project_id', title: 'Project ID' },
      { id: 'permission_id', title: 'Permission ID' },
      { id: 'reason', title: 'Reason' },
      { id: 'read', title: 'Permissions loaded' },
      { id: 'accepted_until', title: 'Accepted until' },
      { id: 'accepted_because', title: 'Accepted because' },
    ],
    rows: rowsOf(rows, ({ finding, project, permissionId, acceptance }) => [
      { text: findingInWords(finding), data: finding.kind },
      textCell(finding.checkpoint),
      textCell(project.name),
      textCell(project.id),
      textCell(permissionId),
      { text: reasonInWords(finding, nameOf, at, daysInFiles), data: reasonData(finding) },
      momentCell(finding.loadedAt),
      textCell(acceptance?.until),
      textCell(acceptance?.reason),
    ]),
    headings,
  };
}

function reasonData(finding: Finding): TableCell['data'] {
  switch (finding.kind) {
    case 'shutDown':
    case 'shutsDownSoon':
      return { shutdown_date: finding.shutdown.shutsDownOn, source: finding.shutdown.source };
    case 'archived':
      return { archived: finding.archivedAt === undefined ? null : isoMoment(finding.archivedAt) };
    case 'unused':
      return {
        days: finding.days,
        granted: isDate(finding.grantedAt) ? isoMoment(finding.grantedAt) : null,
        last_used: finding.lastUsed === undefined ? null : (isoDay(finding.lastUsed) ?? null),
        until: isoMoment(finding.until),
      };
    case 'sharedWithAll':
      return { active_projects: finding.activeProjects, may_be_owner: finding.mayBeOwner ?? null };
    case 'withoutEffect':
      return { why: finding.why };
  }
}
