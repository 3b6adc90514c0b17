import { APIUserAbortError } from '../../openai';
import type { Priority } from '../api';
import { accessEvidence } from '../loading/accessState';
import type { Organization } from '../organization';
import { ownershipOf } from '../ownership';
import { type GateKind, type Gates, type GatesSource, gatesOf, isCurrent, listedProject } from './gates';
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
  const { gates } = organization;
  const pair = { project, checkpoint };
  if (signal?.aborted) throw new APIUserAbortError();
  const due = dueOf(organization, pair);
  await Promise.all([
    due.has('project') && gates.states.read(project, signal, priority),
    due.has('permission') && loadPermission(organization, pair, signal, priority),
    due.has('policy') && gates.policies.read(project, signal, priority),
    due.has('key') && gates.keys.read(project, signal, priority),
    due.has('usage') && gates.uses.read(pair, signal, priority),
  ]);
  return explanationOf(organization, project, checkpoint);
}

/** What is loaded for one gate. The shutdown date comes with the checkpoint. */
export type LoadedGate = Exclude<GateKind, 'shutdown'>;

/** What {@link explainAccess} would load, a request each. Further pages of API keys come on top. */
function dueOf(source: GatesSource, pair: Pair): ReadonlySet<LoadedGate> {
  const { gates, usage } = source;
  const { project } = pair;
  const isDue: Readonly<Record<LoadedGate, boolean>> = {
    project: !listedProject(source, pair)?.isFresh && !gates.states.isCurrent(project),
    permission: !isPermissionCurrent(source, pair),
    policy: !gates.policies.isCurrent(project),
    key: !gates.keys.isCurrent(project),
    usage: (usage.cost > 0 || gates.uses.get(pair).outdated === true) && !gates.uses.isCurrent(pair),
  };
  return new Set((Object.keys(isDue) as LoadedGate[]).filter((gate) => isDue[gate]));
}

/** The least number of requests that {@link explainAccess} sends now. */
export function requestsToExplain(source: GatesSource, project: string, checkpoint: string): number {
  return dueOf(source, { project, checkpoint }).size;
}

/** The least number of requests that it sends after a refresh of the pair. */
export function requestsToExplainAgain(source: GatesSource, project: string, checkpoint: string): number {
  const pair = { project, checkpoint };
  const isOwner = ownershipOf(source, checkpoint)?.project === project;
  const isUsageKept = source.usage.cost === 0 && source.gates.uses.get(pair).at === undefined;
  return 5 - (isOwner ? 1 : 0) - (isUsageKept ? 1 : 0);
}

/** Loads what one gate needs again, whatever its age or failure. Rejects as {@link explainAccess}. */
export async function loadGateAgain(
  { gates }: Pick<GatesSource, 'gates'>,
  { project, checkpoint }: Pair,
  gate: LoadedGate,
  signal?: AbortSignal,
): Promise<void> {
  const pair = { project, checkpoint };
  if (gate === 'permission') await gates.permissions.read(pair, signal, 'person');
  else if (gate === 'usage') {
    gates.uses.outdate(pair);
    await gates.uses.read(pair, signal, 'person');
  } else {
    const kept = { project: gates.states, policy: gates.policies, key: gates.keys }[gate];
    kept.outdate(project);
    await kept.read(project, signal, 'person');
  }
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

/** Whether what is loaded says whether the project has access, or that the request for it failed a short while ago. */
function isPermissionCurrent(organization: GatesSource, pair: Pair): boolean {
  const { project, checkpoint } = pair;
  if (ownershipOf(organization, checkpoint)?.project === project) return true;
  const { at, isRestored, failedAt } = accessEvidence(organization, checkpoint, project);
  if (failedAt !== undefined && isCurrent(organization, pair, failedAt)) return true;
  return at !== undefined && !isRestored && isCurrent(organization, pair, at);
}
