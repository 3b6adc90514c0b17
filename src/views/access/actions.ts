import type { ShownPlan } from '../../access/plan/shownPlan';
import type { StagedChange } from '../../access/plan/staged';

/** What a page does through commands. Each shows its own errors and never rejects. */
export interface PageActions {
  /**
   * Applies staged changes. What the person saw and agreed to is applied without another question if it is made the same
   * from current lists.
   */
  applyStaged(changes: readonly StagedChange[], shown: ShownPlan): Promise<void>;
  /** Previews the undo of a plan that was applied on this computer. `plan`: its ID in the journal. */
  undoPlan(plan: string): Promise<void>;
  /** Asks which of the last plans to undo, and previews that. */
  chooseUndo(): Promise<void>;
}
