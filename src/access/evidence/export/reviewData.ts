import { type Acceptance, type AcceptedFinding, isExpired } from '../review/accepted';
import type { Finding, Review } from '../review/finding';
import type { UsageState } from '../review/review';
import type { UsageSnapshot } from '../review/usageCache';
import { aboutOf, type ExportAbout, type ExportedProject, type ExportSource, projectOf } from './about';

/** The findings of a review, one row per permission of a finding, and what was not reviewed. */
export interface ReviewData {
  readonly about: ExportAbout;
  readonly review: Review;
  /** Absent if usage data is not loaded. */
  readonly usage?: UsageSnapshot;
  readonly rows: readonly {
    readonly finding: Finding;
    readonly project: ExportedProject;
    readonly permissionId: string;
    /** Present while the finding is accepted. */
    readonly acceptance?: Acceptance;
  }[];
}

export function reviewData(
  source: ExportSource,
  review: Review,
  usage: UsageState,
  acceptanceOf: (finding: AcceptedFinding) => Acceptance | undefined = () => undefined,
): ReviewData {
  return {
    about: aboutOf(source, review.at),
    review,
    ...('snapshot' in usage && { usage: usage.snapshot }),
    rows: review.findings.flatMap((finding) =>
      finding.access.flatMap(({ project, permissions }) => {
        const { kind, checkpoint } = finding;
        const acceptance = acceptanceOf({ finding: kind, checkpoint, project });
        return permissions.map(({ id }) => ({
          finding,
          project: projectOf(source, project),
          permissionId: id,
          ...(acceptance && !isExpired(acceptance, review.at) && { acceptance }),
        }));
      }),
    ),
  };
}
