import type { Organization } from '../../access/organization';
import { costOf } from '../../access/plan/cost';
import type { CheckedPlan, Obstacle } from '../../access/plan/obstacles';
import { type Plan, planKind, type Step, stepsByCheckpoint } from '../../access/plan/plan';
import { mostInDialog } from '../../access/thresholds';
import { escapeForMessage } from '../../text/plainText';
import * as words from '../../words/plan';
import { linesOf, visibleLines } from './dialogLayout';

/**
 * The text below the question of a plan: each change, revokes first, notes, and cost. Undefined when the plan needs the
 * room of the page: it has many changes or an obstacle, or the text is longer than a dialog. That a grant has no effect
 * is no obstacle, and stands below it.
 *
 * @param chosen the changes of the checked plan that are still selected
 */
export function planDetail(
  organization: Organization,
  { plan, impossible, warnings }: CheckedPlan,
  chosen: Plan,
  { notes, perhapsUs }: { readonly notes: readonly string[]; readonly perhapsUs: readonly Step[] },
): string | undefined {
  const isObstructed = impossible.length > 0 || warnings.some(({ kind }) => kind !== 'withoutEffect');
  if (plan.steps.length > mostInDialog || isObstructed) return undefined;
  const cleared = plan.steps.length - chosen.steps.length;
  const known = (checkpoint: string): number =>
    organization.permissions.snapshot(checkpoint).listing?.permissions.length ?? 0;
  const text = [
    ...changes(organization, chosen, perhapsUs, warnings),
    ...(cleared > 0 ? [words.notSelected(cleared)] : []),
    ...notes,
    ...(chosen.steps.length > 0 ? [words.costInWords(costOf(chosen, known))] : []),
  ].join('\n\n');
  return linesOf(text) <= visibleLines ? text : undefined;
}

/** The changes of a plan, one paragraph for each kind and checkpoint. */
function changes(
  organization: Organization,
  plan: Plan,
  perhapsUs: readonly Step[],
  warnings: readonly Obstacle[],
): string[] {
  const now = organization.permissions.now();
  const said = new Map(
    warnings.map((warning) => [warning.step, words.obstacleInWords(organization, warning, now)]),
  );
  const inWords = planKind(plan) === 'mixed' ? words.changeWithVerb : words.changeInWords;
  return (['revoke', 'grant'] as const).flatMap((action) => {
    const steps = plan.steps.filter((step) => step.action === action);
    return [...stepsByCheckpoint(steps)].map(([checkpoint, here]) =>
      [
        escapeForMessage(checkpoint),
        ...here.flatMap((step) => {
          const warning = said.get(step);
          const change = `• ${inWords(organization, step, perhapsUs.includes(step))}`;
          return warning === undefined ? [change] : [change, warning];
        }),
      ].join('\n'),
    );
  });
}
