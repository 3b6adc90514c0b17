import type { ShownPlan } from '../../access/plan/shownPlan';
import type { StagedChange } from '../../access/plan/staged';

/** What a page does through commands. Each shows its own errors and never rejects. */
export interface PageActions {
  /**
   * Applies staged changes. What the person saw and agreed to is applied without another question if it is made the same
   * from current lists.
   */
  applyStaged(changes: readonly StagedChange[], shown: ShownPlan): Promise<void>;
  /** Shows the plan that undoes the recorded plan with this ID. */
  undo(record: string): Promise<void>;
}
