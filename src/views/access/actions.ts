import type { HistoryFilter } from '../../access/evidence/history/filter';
import type { History } from '../../access/evidence/history/history';
import type { AcceptedFinding } from '../../access/evidence/review/accepted';
import type { Review } from '../../access/evidence/review/finding';
import type { UsageState } from '../../access/evidence/review/review';
import type { Pair } from '../../access/explain/pairUse';
import type { ShownPlan } from '../../access/plan/shownPlan';
import type { StagedChange } from '../../access/plan/staged';
import type { CopiedHistoryId } from '../../protocol/history';

/** What a page does through commands. Each shows its own errors and never rejects. */
export interface PageActions {
  /**
   * Applies staged changes. What the person saw and agreed to is applied without another question if it is made the same
   * from current lists.
   */
  applyStaged(changes: readonly StagedChange[], shown: ShownPlan): Promise<void>;
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
  /** Who changed access: from the audit log and from this computer. */
  readonly history: History;
  /** Exports the history as a filter shows it. */
  exportHistory(filter: HistoryFilter): Promise<void>;
  /** Copies IDs, and says that it did. */
  copyIds(of: CopiedHistoryId, ids: readonly string[]): Promise<void>;
  /** Previews the undo of a plan that was applied on this computer. `records`: their IDs, one for each try, oldest first. */
  undoPlan(records: readonly string[]): Promise<void>;
  /** Explains the access of a project to a checkpoint in the Explain tab. Asks for what is not given. */
  explain(pair: AskedPair): Promise<void>;
  /** Previews a grant. */
  grant(pair: Pair): Promise<void>;
  /** Previews the revoking of permissions. */
  revoke(permissions: readonly PermissionPlace[]): Promise<void>;
  /** Copies a text, and says that it did. */
  copyText(text: string): Promise<void>;
  /** Runs a command without arguments, or opens the settings of the extension. */
  runCommand(command: 'findCheckpoints' | 'setAdminKey' | 'settings'): Promise<void>;
  /** Opens the log of the extension. */
  showLog(): void;
  logError(text: string): void;
}

/** A project and a checkpoint, as far as a person chose them. */
export interface AskedPair {
  readonly project?: string | undefined;
  readonly checkpoint?: string | undefined;
}

/** A permission in the list of a checkpoint. */
export interface PermissionPlace {
  readonly checkpoint: string;
  readonly permissionId: string;
  /** Its project, if the permission may no longer be in the list. */
  readonly project?: string;
}
