import type { AcceptedFinding } from '../../access/evidence/review/accepted';
import type { Review } from '../../access/evidence/review/finding';
import type { UsageState } from '../../access/evidence/review/review';

/** What a page does through commands. Each shows its own errors and never rejects. */
export interface PageActions {
  /** Previews the plan of the staged changes, and applies it when confirmed. */
  preview(): Promise<void>;
  /** Opens the details of a permission, as the tree does. */
  showPermission(permission: PermissionPlace): Promise<void>;
  /** Exports the permissions that the page shows. `filter`: the filter as it is shown, empty for none. */
  exportShown(permissions: readonly PermissionPlace[], filter: string): Promise<void>;
  /**
   * Asks until when findings are accepted, and why, and accepts them. `rows`: how many the person selected. Resolves to
   * the last day, or to undefined if they were not accepted.
   */
  acceptFindings(findings: readonly AcceptedFinding[], rows: number): Promise<string | undefined>;
  /** Removes acceptances. Resolves to whether they were. */
  removeAcceptances(findings: readonly AcceptedFinding[]): Promise<boolean>;
  /** Exports a review as a file. */
  exportReview(review: Review, usage: UsageState): Promise<void>;
}

/** A permission in the list of a checkpoint. */
export interface PermissionPlace {
  readonly checkpoint: string;
  readonly permissionId: string;
}
