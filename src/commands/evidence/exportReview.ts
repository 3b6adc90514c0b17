import { reviewData } from '../../access/evidence/export/reviewData';
import type { Review } from '../../access/evidence/review/finding';
import type { UsageState } from '../../access/evidence/review/review';
import type { Organization } from '../../access/organization';
import { reviewTable } from '../../words/exports/reviewTable';
import { askFormat, saveTable } from './saveTable';

/** Asks for a format and a file, and exports a review with what is accepted. */
export async function exportReview(
  organization: Organization,
  review: Review,
  usage: UsageState,
): Promise<void> {
  const format = await askFormat(organization);
  if (!format) return;
  const { projects, accepted } = organization;
  const make = async () =>
    reviewTable(
      reviewData(organization, review, usage, (finding) => accepted.get(finding)),
      (id) => projects.nameOf(id) ?? id,
    );
  await saveTable(organization, 'access-review', format, make);
}
