import type { AuditLog } from '../../openai';
import type { Permission } from '../api';
import { type Effect, Effects } from '../explain/effect';
import type { Organization } from '../organization';
import type { Steps } from '../slices';
import { type Actor, actorOf } from './history/actor';
import { type FindingKind, findingKinds } from './review/finding';
import { type ReviewSource, reviewOf, type UsageState } from './review/review';
import type { ModelUse } from './review/usageCache';

/** The grant of one permission, as the audit log has it. */
export interface LoggedGrant {
  readonly actor: Actor;
  /** Absent where the log does not name them. */
  readonly project?: string;
  readonly checkpoint?: string;
}

/** What is known of the permissions of a checkpoint beyond their list. IDs are as the API returned them. */
export interface CheckpointEvidence {
  /** The number of permissions in the list. */
  readonly permissions: number;
  /** Who granted a permission, as far as the loaded part of the audit log names them. */
  readonly granters: readonly (readonly [permission: string, actor: Actor])[];
  /** The usage by projects with a permission. A project that is not among them did not use it in the loaded data. */
  readonly uses: readonly (readonly [project: string, use: ModelUse])[];
  /** The findings by project, most important first. */
  readonly findings: readonly (readonly [project: string, kinds: readonly FindingKind[]])[];
  /** Whether access is effective, by project. */
  readonly effects: readonly (readonly [project: string, effect: Effect])[];
  /** False for a list from before a change: its permissions may be revoked, so none was reviewed. */
  readonly isReviewed: boolean;
}

/** The grants of the loaded part of the audit log that name who made them, by permission ID. */
export function* grantsIn(events: readonly AuditLog[]): Steps<ReadonlyMap<string, LoggedGrant>> {
  const grants = new Map<string, LoggedGrant>();
  for (const event of events) {
    yield;
    const { id, data } = event['checkpoint.permission.created'] ?? {};
    const actor = actorOf(event.actor);
    if (!id || !actor) continue;
    const { project_id: project, fine_tuned_model_checkpoint: checkpoint } = data ?? {};
    grants.set(id, { actor, ...(project && { project }), ...(checkpoint && { checkpoint }) });
  }
  return grants;
}

/** Who granted a permission in a list. Undefined if the log does not say, or contradicts the list. */
export function granterOf(
  grants: ReadonlyMap<string, LoggedGrant>,
  checkpoint: string,
  { id, project_id }: Pick<Permission, 'id' | 'project_id'>,
): Actor | undefined {
  const grant = grants.get(id);
  const isOther =
    (grant?.project ?? project_id) !== project_id || (grant?.checkpoint ?? checkpoint) !== checkpoint;
  return isOther ? undefined : grant?.actor;
}

/**
 * What is known of the permissions of a checkpoint, from what is loaded. Sends no request. `now` in milliseconds since
 * 1970. In steps, because a list may have many thousands of permissions.
 */
export function* evidenceOf(
  source: ReviewSource,
  checkpoint: string,
  grants: ReadonlyMap<string, LoggedGrant>,
  now: number,
): Steps<CheckpointEvidence> {
  const { listing, beforeChange } = source.permissions.snapshot(checkpoint);
  const granters: [string, Actor][] = [];
  const projects = new Set<string>();
  for (const permission of listing?.permissions ?? []) {
    yield;
    projects.add(permission.project_id);
    const actor = granterOf(grants, checkpoint, permission);
    if (actor) granters.push([permission.id, actor]);
  }
  const used = source.usage.known?.uses.get(checkpoint);
  const uses = [...projects].flatMap((project) => {
    const use = used?.get(project);
    return use ? [[project, use] as const] : [];
  });
  const known = new Effects(source, now);
  const effects: [string, Effect][] = [];
  for (const project of projects) {
    yield;
    effects.push([project, known.of({ project, checkpoint })]);
  }
  const review = yield* reviewOf(source, usageStateOf(source.usage), now, { checkpoints: [checkpoint] });
  const findings = new Map<string, Set<FindingKind>>();
  for (const { kind, access } of review.findings) {
    for (const { project } of access) {
      yield;
      const kinds = findings.get(project) ?? new Set();
      findings.set(project, kinds.add(kind));
    }
  }
  return {
    permissions: listing?.permissions.length ?? 0,
    granters,
    uses,
    findings: [...findings].map(([project, kinds]) => [
      project,
      findingKinds.filter((kind) => kinds.has(kind)),
    ]),
    effects,
    isReviewed: listing !== undefined && !beforeChange,
  };
}

/** The usage data that is loaded, whatever its age. */
function usageStateOf({ known, cost }: Organization['usage']): UsageState {
  return known ? { snapshot: known } : { notLoaded: true, requests: cost };
}
