import { toDate } from '../../text/steadyClock';
import { accessKindOf } from '../accessKind';
import { daysLeft, type Shutdown, tableKnownAsOf } from '../catalog/shutdown';
import { type Actor, actorOf } from '../evidence/history/actor';
import type { LogSnapshot } from '../evidence/history/auditTrail';
import { accessEvidence } from '../loading/accessState';
import { endOf, type Organization } from '../organization';
import { type Ownership, ownershipOf } from '../ownership';
import { oldAfter } from '../thresholds';
import type { Pair } from './pairUse';
import { countKeys, type KeyCounts, liveKeys } from './projectKeys';
import { matchPolicy } from './projectPolicies';

/** The gates between a project and a checkpoint, in the order in which they are shown. */
export const gateKinds = ['project', 'permission', 'policy', 'shutdown', 'key', 'usage'] as const;
export type GateKind = (typeof gateKinds)[number];

/**
 * The gates that decide. A project without a key may be used by people, so the key only warns. Usage is a witness of
 * what was so, and decides nothing.
 */
export const decidingGates = [
  'project',
  'permission',
  'policy',
  'shutdown',
] as const satisfies readonly GateKind[];

export type GateState = 'open' | 'closed' | 'unknown';

/** What would settle a gate that is unknown. */
export type Settlement =
  /** Nothing was loaded yet. */
  | 'load'
  /** The last request failed: the failure says what to do. */
  | 'loadAgain'
  /** A search with the key of the project that owns the model, or the refusal of a grant, names the owner. */
  | 'findOwner'
  /** A search with a project's key loads the date that the API has for the model. */
  | 'findShutdownDate'
  /** Only OpenAI's settings of the project say what the policy means. */
  | 'openSettings'
  /** The day itself. */
  | 'wait';

/** Where the evidence of a gate comes from. */
export type GateSource =
  | 'project'
  | 'projectList'
  | 'permissions'
  | 'refusal'
  | 'job'
  | 'policy'
  | 'models'
  | 'table'
  | 'keys'
  | 'usage';

/** What every gate has. Moments in milliseconds since 1970. */
export interface GateBasis {
  readonly state: GateState;
  readonly source: GateSource;
  /** When the evidence was loaded. Absent if nothing was, and where it is not of a request. */
  readonly loadedAt?: number;
  /** The state follows from what is probably so, and no one has confirmed. */
  readonly inferred?: true;
  /** The evidence is older than what counts as current, or a refresh came after it. */
  readonly isOld?: true;
  /** Why the last request failed. Beside older evidence if there is some. */
  readonly failure?: unknown;
  /** From when on the gate is known to be closed. */
  readonly closedSince?: number;
  /** Present exactly if a deciding gate, or the key gate, is unknown. */
  readonly settledBy?: Settlement;
}

/** Nothing says whether the gate is open. `failed`: the request for it failed. */
export type NoEvidence = { readonly kind: 'notLoaded' | 'failed' };

/** The project belongs to this organization, and is active. */
export type ProjectGate = GateBasis & {
  readonly kind: 'project';
  readonly evidence:
    | { readonly kind: 'active' }
    | { readonly kind: 'archived'; readonly archivedAt?: number }
    /** The organization has no such project. */
    | { readonly kind: 'notFound' }
    /** Another status than the two that are documented. */
    | { readonly kind: 'otherStatus'; readonly status: string }
    | NoEvidence;
};

/** A permission of the project, and who granted it where the loaded audit log has that. */
export interface GrantedPermission {
  readonly id: string;
  readonly since?: number;
  readonly by?: Actor;
}

/** The project owns the model, or has a permission. */
export type PermissionGate = GateBasis & {
  readonly kind: 'permission';
  readonly evidence:
    | { readonly kind: 'owner'; readonly owner: Ownership }
    | { readonly kind: 'granted'; readonly permissions: readonly GrantedPermission[] }
    /** It has no permission, and another project owns the model. */
    | { readonly kind: 'none'; readonly owner: Ownership }
    /** It has no permission, and may own the model. */
    | { readonly kind: 'notGranted' }
    | NoEvidence;
};

/** The model policy of the project lets it use the checkpoint. */
export type PolicyGate = GateBasis & {
  readonly kind: 'policy';
  readonly evidence:
    | { readonly kind: 'noPolicy' }
    | { readonly kind: 'listed' | 'notListed'; readonly mode: 'allow_list' | 'deny_list' }
    /** It lists only what the checkpoint was made from. */
    | {
        readonly kind: 'related';
        readonly mode: 'allow_list' | 'deny_list';
        readonly models: readonly string[];
      }
    | NoEvidence;
};

/** The model is not shut down. */
export type ShutdownGate = GateBasis & {
  readonly kind: 'shutdown';
  readonly evidence:
    | {
        readonly kind: 'dated';
        readonly shutdown: Shutdown;
        /** Negative after the day. */
        readonly daysLeft: number;
        /** The date of the table's knowledge, `YYYY-MM-DD`. Present exactly if the date is from the table. */
        readonly knownAsOf?: string;
      }
    | { readonly kind: 'undated'; readonly knownAsOf: string };
};

/** The project has a live API key. */
export type KeyGate = GateBasis & {
  readonly kind: 'key';
  readonly evidence:
    | { readonly kind: 'keys'; readonly counts: KeyCounts; readonly isComplete: boolean }
    | NoEvidence;
};

/** The project used the checkpoint in the last days. Never closed: what was not used may still work. */
export type UsageGate = GateBasis & {
  readonly kind: 'usage';
  readonly evidence:
    | { readonly kind: 'used'; readonly lastDay: number; readonly requests: number; readonly from: number }
    | { readonly kind: 'notUsed'; readonly from: number; readonly until: number }
    /** Some of the usage names no project or model, so it may be of this pair. */
    | { readonly kind: 'unattributed' }
    | NoEvidence;
};

export interface Gates {
  readonly project: ProjectGate;
  readonly permission: PermissionGate;
  readonly policy: PolicyGate;
  readonly shutdown: ShutdownGate;
  readonly key: KeyGate;
  readonly usage: UsageGate;
}

export type Gate = Gates[GateKind];

/** The parts of an organization that the gates are read from. */
export type GatesSource = Pick<
  Organization,
  'catalog' | 'gates' | 'owners' | 'permissions' | 'projects' | 'trail' | 'usage'
>;

/** Every gate of a pair by what is loaded. Sends no request. `now` in milliseconds since 1970. */
export function gatesOf(source: GatesSource, pair: Pair, now: number): Gates {
  return {
    project: projectGate(source, pair),
    permission: permissionGate(source, pair),
    policy: policyGate(source, pair),
    shutdown: shutdownGate(source, pair.checkpoint, now),
    key: keyGate(source, pair.project, now),
    usage: usageGate(source, pair),
  };
}

/** Whether what was loaded about a pair, at a moment of the steady clock, is recent enough for an explanation. */
export function isCurrent(
  { permissions, gates }: Pick<GatesSource, 'permissions' | 'gates'>,
  pair: Pair,
  at: number,
): boolean {
  const age = permissions.now() - at;
  return age >= 0 && age < oldAfter && at >= gates.refreshedAt(pair);
}

/** The basis of a gate without evidence. */
function withoutEvidence(source: GateSource, { failure }: { readonly failure?: unknown }) {
  const failed = failure !== undefined;
  return {
    state: 'unknown',
    source,
    ...(failed && { failure }),
    settledBy: failed ? 'loadAgain' : 'load',
    evidence: { kind: failed ? 'failed' : 'notLoaded' },
  } as const;
}

/** The basis of evidence that was loaded. */
function basisOf(
  source: GateSource,
  { at, failure }: { readonly at?: number; readonly failure?: unknown },
  isFresh: boolean,
) {
  return {
    source,
    ...(at !== undefined && { loadedAt: toDate(at) }),
    ...(!isFresh && { isOld: true as const }),
    ...(failure !== undefined && { failure }),
  };
}

/** A list of all projects that has the project now, as current as an explanation needs. */
export function listedProject(source: Pick<GatesSource, 'permissions' | 'projects' | 'gates'>, pair: Pair) {
  const { projects, readAt, restored, outdated } = source.projects.snapshot;
  const found = projects.get(pair.project);
  if (!found || readAt === undefined) return undefined;
  return { project: found, at: readAt, isFresh: !restored && !outdated && isCurrent(source, pair, readAt) };
}

/** Whether the project belongs to this organization and is active, by what is loaded. Sends no request. */
export function projectGate(source: GatesSource, pair: Pair): ProjectGate {
  const id = pair.project;
  const listed = listedProject(source, pair);
  const asked = source.gates.states.get(id);
  // The newer of the two counts.
  const isListNewer = listed !== undefined && (asked.at === undefined || listed.at >= asked.at);
  const state = isListNewer ? ({ kind: 'found', project: listed.project } as const) : asked.value;
  if (state === undefined) return { kind: 'project', ...withoutEvidence('project', asked) };
  // A request that failed after the list was loaded.
  const failed = asked.failure !== undefined && (asked.failedAt ?? 0) > (listed?.at ?? 0);
  const basis = isListNewer
    ? basisOf('projectList', { at: listed.at, ...(failed && { failure: asked.failure }) }, listed.isFresh)
    : basisOf('project', asked, source.gates.states.isFresh(id));
  if (state.kind === 'notFound')
    return { kind: 'project', state: 'closed', ...basis, evidence: { kind: 'notFound' } };
  const { status, archived_at } = state.project;
  if (status === 'active') return { kind: 'project', state: 'open', ...basis, evidence: { kind: 'active' } };
  if (status === 'archived') {
    const archivedAt = archived_at ? archived_at * 1000 : undefined;
    return {
      kind: 'project',
      state: 'closed',
      ...basis,
      ...(archivedAt !== undefined && { closedSince: archivedAt }),
      evidence: { kind: 'archived', ...(archivedAt !== undefined && { archivedAt }) },
    };
  }
  const evidence = { kind: 'otherStatus', status: status ?? '' } as const;
  return { kind: 'project', state: 'unknown', ...basis, settledBy: 'openSettings', evidence };
}

/** Whether the project owns the model or has a permission, by what is loaded. Sends no request. */
export function permissionGate(source: GatesSource, pair: Pair): PermissionGate {
  const { project, checkpoint } = pair;
  const owner = ownershipOf(source, checkpoint);
  const {
    isGranted,
    permissions = [],
    at,
    isRestored,
    failure,
  } = accessEvidence(source, checkpoint, project);
  const access = accessKindOf(project, owner?.project, isGranted === true, isGranted === false);
  const basis = basisOf(
    'permissions',
    { ...(at !== undefined && { at }), failure },
    at !== undefined && !isRestored && isCurrent(source, pair, at),
  );
  switch (access) {
    case 'granted': {
      const granted = permissions.map((each) => grantedPermission(source.trail.snapshot, each));
      const evidence = { kind: 'granted', permissions: granted } as const;
      return { kind: 'permission', state: 'open', ...basis, evidence };
    }
    case 'owner':
    case 'none': {
      if (!owner) break;
      if (access === 'none')
        return { kind: 'permission', state: 'closed', ...basis, evidence: { kind: 'none', owner } };
      const reported = owner.source === 'refusal' ? { loadedAt: owner.reportedAt } : {};
      const evidence = { kind: 'owner', owner } as const;
      return { kind: 'permission', state: 'open', source: owner.source, ...reported, evidence };
    }
    case 'notGranted': {
      const evidence = { kind: 'notGranted' } as const;
      return { kind: 'permission', state: 'unknown', ...basis, settledBy: 'findOwner', evidence };
    }
    case 'unknown':
  }
  const failed = failure ?? source.permissions.snapshot(checkpoint).failure?.error;
  const why = failed === undefined ? {} : { failure: failed };
  return { kind: 'permission', ...withoutEvidence('permissions', why) };
}

/** The authors of grants by permission, for each loaded part of the log once. */
const granters = new WeakMap<LogSnapshot['events'], ReadonlyMap<string, Actor | undefined>>();

function grantedPermission(
  { events }: Pick<LogSnapshot, 'events'>,
  { id, created_at }: { readonly id: string; readonly created_at: number },
): GrantedPermission {
  let known = granters.get(events);
  if (!known) {
    known = new Map(
      events.flatMap((event) => {
        const permission = event['checkpoint.permission.created']?.id;
        return permission === undefined ? [] : [[permission, actorOf(event.actor)] as const];
      }),
    );
    granters.set(events, known);
  }
  const by = known.get(id);
  return { id, ...(created_at > 0 && { since: created_at * 1000 }), ...(by && { by }) };
}

/** Whether the model policy of the project lets it use the checkpoint, by what is loaded. Sends no request. */
export function policyGate({ gates }: GatesSource, { project, checkpoint }: Pair): PolicyGate {
  const asked = gates.policies.get(project);
  const policy = asked.value;
  if (policy === undefined) return { kind: 'policy', ...withoutEvidence('policy', asked) };
  const basis = basisOf('policy', asked, gates.policies.isFresh(project));
  if (policy.kind === 'none')
    return { kind: 'policy', state: 'open', ...basis, inferred: true, evidence: { kind: 'noPolicy' } };
  const match = matchPolicy(policy.models, checkpoint);
  const evidence = { ...match, mode: policy.kind };
  if (evidence.kind === 'related')
    return { kind: 'policy', state: 'unknown', ...basis, settledBy: 'openSettings', evidence };
  const isOpen = (evidence.kind === 'listed') === (policy.kind === 'allow_list');
  return { kind: 'policy', state: isOpen ? 'open' : 'closed', ...basis, evidence };
}

const dayLength = 24 * 60 * 60 * 1000;

/** Whether the model has shut down. Sends no request. `now` in milliseconds since 1970. */
export function shutdownGate(source: GatesSource, checkpoint: string, now: number): ShutdownGate {
  const shutdown = endOf(source, checkpoint);
  if (!shutdown)
    return {
      kind: 'shutdown',
      state: 'unknown',
      source: 'table',
      settledBy: 'findShutdownDate',
      evidence: { kind: 'undated', knownAsOf: tableKnownAsOf },
    };
  const left = daysLeft(shutdown, now);
  const isTable = shutdown.source === 'table';
  const basis = {
    kind: 'shutdown',
    source: shutdown.source,
    ...(isTable && { inferred: true as const }),
  } as const;
  const evidence = {
    kind: 'dated',
    shutdown,
    daysLeft: left,
    ...(isTable && { knownAsOf: tableKnownAsOf }),
  } as const;
  // On the day itself the model may still answer.
  if (left === 0) return { ...basis, state: 'unknown', settledBy: 'wait', evidence };
  if (left > 0) return { ...basis, state: 'open', evidence };
  return {
    ...basis,
    state: 'closed',
    closedSince: now + (left + 1) * dayLength - (now % dayLength),
    evidence,
  };
}

function keyGate({ gates }: GatesSource, project: string, now: number): KeyGate {
  const asked = gates.keys.get(project);
  const found = asked.value;
  if (found === undefined) return { kind: 'key', ...withoutEvidence('keys', asked) };
  const { keys, broken } = found;
  const counts = countKeys(keys, now);
  const failed = asked.failure === undefined && broken ? { ...asked, failure: broken.error } : asked;
  const basis = basisOf('keys', failed, gates.keys.isFresh(project));
  const evidence = { kind: 'keys', counts, isComplete: broken === undefined } as const;
  if (liveKeys(counts) > 0) return { kind: 'key', state: 'open', ...basis, evidence };
  if (broken) return { kind: 'key', state: 'unknown', ...basis, settledBy: 'loadAgain', evidence };
  // A key that was deleted is in no list, so only the end of the last one that is known says since when.
  const { expiredAt } = counts;
  const since = expiredAt === undefined ? {} : { closedSince: expiredAt };
  return { kind: 'key', state: 'closed', ...basis, ...since, evidence };
}

function usageGate(source: GatesSource, pair: Pair): UsageGate {
  const { gates, usage } = source;
  const asked = gates.uses.get(pair);
  const own = asked.value;
  const all = usage.known;
  // The usage of all models, if that is newer. Both are dated when they were asked for.
  if (all && (own === undefined || all.loadedAt >= own.until)) {
    const basis = {
      kind: 'usage',
      source: 'usage',
      loadedAt: all.loadedAt,
      ...(usage.cost > 0 && { isOld: true as const }),
    } as const;
    const use = all.uses.get(pair.checkpoint)?.get(pair.project);
    const from = all.from * 1000;
    if (use) {
      const evidence = { kind: 'used', lastDay: use.lastDay * 1000, requests: use.requests, from } as const;
      return { ...basis, state: 'open', evidence };
    }
    if (all.unattributed) return { ...basis, state: 'unknown', evidence: { kind: 'unattributed' } };
    return { ...basis, state: 'unknown', evidence: { kind: 'notUsed', from, until: all.loadedAt } };
  }
  if (own === undefined) {
    const { settledBy: _, ...nothing } = withoutEvidence('usage', asked);
    return { kind: 'usage', ...nothing };
  }
  const basis = { kind: 'usage', ...basisOf('usage', asked, gates.uses.isFresh(pair)) } as const;
  const { lastDay, requests, from, until } = own;
  if (lastDay !== undefined)
    return { ...basis, state: 'open', evidence: { kind: 'used', lastDay, requests, from } };
  if (own.unattributed) return { ...basis, state: 'unknown', evidence: { kind: 'unattributed' } };
  return { ...basis, state: 'unknown', evidence: { kind: 'notUsed', from, until } };
}
