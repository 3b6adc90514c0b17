import { ProgressLocation, window } from 'vscode';
import type { Organization } from '../../access/organization';
import type { Plan, Step } from '../../access/plan/plan';
import type { MaxAge } from '../../access/plan/stillHolds';
import { cancelSignal } from '../../editor/questions';
import { prefixWithOrganization } from '../shared/organizationInView';

/** A plan as it was made, with what its preview says. */
export interface MadePlan {
  readonly plan: Plan;
  /** Paragraphs below the changes. */
  readonly notes: readonly string[];
  /** Steps that are not selected at first, because they may take back what others did. */
  readonly perhapsUs?: readonly Step[];
  /** The message when there is nothing to change. */
  readonly nothing: string;
}

/** How a plan reads what it is made from. */
export interface PlanReading {
  readonly maxAge: MaxAge;
  readonly signal: AbortSignal;
  /** Shows which list is being read. */
  readonly report: (message: string) => void;
}

/**
 * Makes a plan from what the server has. Called again when the preview is confirmed, if what it was made from is too old
 * or has changed. Rejects with the client's error.
 */
export type MakePlan = (reading: PlanReading) => Promise<MadePlan>;

/** Makes a plan, with a progress notification and cancel. */
export function makeWithProgress(
  organization: Organization,
  title: string,
  maxAge: MaxAge,
  make: MakePlan,
): Thenable<MadePlan> {
  return window.withProgress(
    {
      location: ProgressLocation.Notification,
      title: prefixWithOrganization(organization, title),
      cancellable: true,
    },
    (progress, token) =>
      make({
        maxAge,
        signal: AbortSignal.any([cancelSignal(token), organization.closed]),
        report: (message) => progress.report({ message }),
      }),
  );
}
