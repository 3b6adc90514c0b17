import { APIUserAbortError } from '../../openai';
import type { Priority } from '../api';
import { accessEvidence } from '../loading/accessState';
import type { Organization } from '../organization';
import { ownershipOf } from '../ownership';
import { type Gates, type GatesSource, gatesOf, isCurrent, listedProject } from './gates';
import type { Pair } from './pairUse';
import { findingsOf, type Verdict, verdictOf } from './verdict';

/** Why a project can, or cannot, use a checkpoint. Facts only, of one moment. */
export interface AccessExplanation extends Pair {
  readonly gates: Gates;
  readonly verdict: Verdict;
  /** When it was made, in milliseconds since 1970. */
  readonly at: number;
}

/** Explains access by what is loaded. Sends no request. */
export function explanationOf(
  source: GatesSource & Pick<Organization, 'now'>,
  project: string,
  checkpoint: string,
): AccessExplanation {
  const at = source.now();
  const gates = gatesOf(source, { project, checkpoint }, at);
  return { project, checkpoint, gates, verdict: verdictOf(findingsOf(gates)), at };
}

/**
 * Explains access, and loads what is missing or old for that: from nothing by five requests, for the project, its
 * permission, its model policy, its API keys, and its usage of the checkpoint. Further pages come on top. What is
 * current is not loaded again, nor is what failed a short while ago.
 *
 * A failure makes its gate unknown. Rejects with `APIUserAbortError` if the signal aborts, and `NoLongerShownError` if
 * the organization is no longer shown.
 */
export async function explainAccess(
  organization: GatesSource & Pick<Organization, 'now'>,
  project: string,
  checkpoint: string,
  signal?: AbortSignal,
  priority: Priority = 'person',
): Promise<AccessExplanation> {
  const { gates, usage } = organization;
  const pair = { project, checkpoint };
  if (signal?.aborted) throw new APIUserAbortError();
  await Promise.all([
    listedProject(organization, pair)?.isFresh ? undefined : gates.states.read(project, signal, priority),
    loadPermission(organization, pair, signal, priority),
    gates.policies.read(project, signal, priority),
    gates.keys.read(project, signal, priority),
    usage.cost === 0 && !gates.uses.get(pair).outdated ? undefined : gates.uses.read(pair, signal, priority),
  ]);
  return explanationOf(organization, project, checkpoint);
}

async function loadPermission(
  organization: GatesSource,
  pair: Pair,
  signal: AbortSignal | undefined,
  priority: Priority,
): Promise<void> {
  if (isPermissionCurrent(organization, pair)) return;
  await organization.gates.permissions.read(pair, signal, priority);
  // A change came meanwhile, and made the answer void.
  if (!isPermissionCurrent(organization, pair))
    await organization.gates.permissions.read(pair, signal, priority);
}

/** Whether what is loaded says whether the project has access, or that the request for it failed just now. */
function isPermissionCurrent(organization: GatesSource, pair: Pair): boolean {
  const { project, checkpoint } = pair;
  if (ownershipOf(organization, checkpoint)?.project === project) return true;
  const { isGranted, at, isRestored } = accessEvidence(organization, checkpoint, project);
  if (isGranted !== undefined) return at !== undefined && !isRestored && isCurrent(organization, pair, at);
  const answer = organization.permissions.answers.get(checkpoint, project);
  return answer !== undefined && 'failure' in answer && isCurrent(organization, pair, answer.at);
}
