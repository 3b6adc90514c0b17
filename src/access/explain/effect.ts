import type { Ineffective, WhyWithoutEffect } from '../withoutEffect';
import { type GatesSource, gatesOf, policyGate, projectGate } from './gates';
import type { Pair } from './pairUse';
import { findingsOf, type Verdict, verdictOf } from './verdict';

/**
 * Whether a permission is effective: whether its project can use the checkpoint, by what is loaded. Sends no request.
 * `now` in milliseconds since 1970.
 */
export function effectOf(source: GatesSource, pair: Pair, now: number): Verdict {
  return verdictOf(findingsOf(gatesOf(source, pair, now)));
}

/**
 * What is known to make granted access useless, by what is loaded; empty if nothing is. A shutdown is none of it, because
 * it is about the model and not about this access: reviews and plans say it of the model. Sends no request.
 */
export function ineffectiveBy(source: GatesSource, pair: Pair): Ineffective {
  const project = projectGate(source, pair);
  const policy = policyGate(source, pair);
  const why: WhyWithoutEffect[] = [];
  if (project.state === 'closed') why.push(project.evidence.kind === 'notFound' ? 'notFound' : 'archived');
  if (policy.state === 'closed') why.push(policy.evidence.kind === 'listed' ? 'blocked' : 'notAllowed');
  const old = [project, policy].flatMap(({ state, isOld, loadedAt }) =>
    state === 'closed' && isOld && loadedAt !== undefined ? [loadedAt] : [],
  );
  return { why, ...(old.length > 0 && { asOf: Math.min(...old) }) };
}
