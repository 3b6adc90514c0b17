import type { OrganizationState, ProjectObject, Troubles } from '../state/organizationState';
import { type KeyOfProject, projectAPIKey } from '../state/projectAPIKeys';

const day = 24 * 60 * 60;

/** What decides, beside its permissions, which models a project can use. */
export interface GatesOfProject<Project extends string> {
  readonly project: Project;
  readonly policy?: { readonly mode: 'allow_list' | 'deny_list'; readonly models: readonly string[] };
  /** Oldest first. Default: some that are live. */
  readonly keys?: readonly KeyOfProject[];
  /** A model that the project used yesterday, whatever else is so. */
  readonly usedYesterday?: string;
  readonly troubles?: Troubles;
}

/** Sets the model policies, API keys, and troubles of projects. */
export function setGates<Project extends string>(
  state: OrganizationState,
  gates: readonly GatesOfProject<Project>[],
  named: ReadonlyMap<Project, ProjectObject>,
): void {
  for (const { project, policy, keys, usedYesterday, troubles } of gates) {
    const { id = '' } = named.get(project) ?? {};
    if (policy) {
      const { mode, models } = policy;
      state.modelPolicies.set(id, { object: 'project.model_permissions', mode, model_ids: models });
    }
    if (keys)
      state.projectAPIKeys.set(
        id,
        keys.map((key, index) => projectAPIKey(state, id, index, key)),
      );
    if (usedYesterday) state.extraUses.push({ model: usedYesterday, project: id, at: state.seconds() - day });
    if (troubles) state.troubles.set(id, troubles);
  }
}
