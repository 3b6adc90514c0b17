import type { SampleOrganization } from '../organization';
import type { ProjectObject } from '../state/organizationState';

const day = 24 * 60 * 60;

/** Sharing of one checkpoint. Up to six `permissions` go to projects with recognizable names. */
interface CheckpointSharing {
  readonly step?: number;
  readonly permissions: number;
  readonly missingScopes?: readonly string[];
  readonly isListed?: boolean;
  readonly isUsed?: boolean;
}

/** A fine-tuned model and the sharing of its checkpoints. */
export interface FineTune<Project extends string> {
  readonly model: string;
  readonly owner: Project;
  readonly daysAgo: number;
  /** The final model first, then its training steps. */
  readonly checkpoints: readonly CheckpointSharing[];
}

/** Adds models that named projects own. */
export function addFineTunes<Project extends string>(
  organization: SampleOrganization,
  fineTunes: readonly FineTune<Project>[],
  named: ReadonlyMap<Project, ProjectObject>,
): void {
  const { state } = organization;
  const now = state.seconds();
  const recognizable = [...named.values()];
  for (const { model, owner, daysAgo, checkpoints } of fineTunes) {
    const ownerID = named.get(owner)?.id;
    if (ownerID === undefined) continue;
    for (const { step, permissions, ...others } of checkpoints) {
      const candidates = permissions > 6 ? [...state.projects.values()] : recognizable;
      const projects = candidates.map(({ id }) => id).filter((id) => id !== ownerID);
      organization.addCheckpoint(step === undefined ? model : `${model}:ckpt-step-${step}`, {
        owner: ownerID,
        createdAt: now - daysAgo * day,
        permissions: state.identifiers.choose(projects, permissions),
        ...others,
      });
    }
  }
}

/** A permission that was granted and revoked in the past. */
export interface RevokedGrant<Project extends string> {
  readonly checkpoint: string;
  readonly project: Project;
  readonly daysAgo: readonly [granted: number, revoked: number];
  /** The audit log does not name who revoked it. */
  readonly hasUnknownActor?: boolean;
}

/** Grants and revokes permissions, so that only the audit log has them. */
export function addRevokedGrants<Project extends string>(
  { state }: SampleOrganization,
  revokedGrants: readonly RevokedGrant<Project>[],
  named: ReadonlyMap<Project, ProjectObject>,
): void {
  const now = state.seconds();
  for (const { checkpoint, project, daysAgo, hasUnknownActor } of revokedGrants) {
    const shared = state.checkpoints.get(checkpoint);
    const { id = '' } = named.get(project) ?? {};
    const [granted, revoked] = daysAgo;
    if (!shared) continue;
    const permission = state.addPermission(shared, id, now - granted * day);
    state.removePermission(shared, permission.id, hasUnknownActor ? null : undefined, now - revoked * day);
  }
}
