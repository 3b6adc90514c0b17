import type { Entry } from '../access/journal/entry';
import type { Organization } from '../access/organization';
import type { Outcome } from '../access/outcome';
import type { Plan } from '../access/plan';
import { applyPlan } from './applyPlan';
import { previewPlan } from './previewPlan';
import type { Services } from './services';

export interface PreviewOptions {
  /** Stand under the steps in the preview, a paragraph each. */
  readonly notes?: readonly string[];
  /** The journal's id of the plan that this one takes back. */
  readonly undoes?: string;
  /** The record to go on with, of a plan that was interrupted; the steps are of that plan. */
  readonly entry?: Entry;
}

/**
 * The way of every change: shows the plan, lets the person choose and agree, applies it with progress, writes it down,
 * and reports each step's outcome. Resolves to the outcomes of what was agreed to, in its order, or to undefined when
 * nothing was to be done after all. Rejects with `JournalError` when it cannot be written down: then nothing was sent.
 */
export async function previewAndApply(
  services: Services,
  organization: Organization,
  plan: Plan,
  options: PreviewOptions = {},
): Promise<Outcome[] | undefined> {
  // People are shown by name whom it concerns; that reads the projects once, and what fails of it is said elsewhere.
  await services.view.whileLoading(() => organization.projects.read());
  const agreed = await previewPlan(organization, plan, options.notes);
  return agreed && applyPlan(services, organization, agreed, options);
}
