import type { OrganizationUser } from './actors';
import { hash, mix } from './identifiers';
import type { OrganizationState, ProjectAPIKeyObject, ProjectObject } from './organizationState';

const day = 24 * 60 * 60;

/** What distinguishes a key from the others of its project. Days before now; negative for days ahead. */
export interface KeyOfProject {
  readonly owner: 'user' | 'service_account';
  readonly createdDaysAgo: number;
  readonly usedDaysAgo?: number;
  readonly expiredDaysAgo?: number;
  readonly isOwnerGone?: boolean;
}

/** A key of a project. Its first key has the ID that its usage is attributed to. */
export function projectAPIKey(
  state: Pick<OrganizationState, 'people' | 'seconds' | 'slug'>,
  project: string,
  index: number,
  facts: KeyOfProject,
): ProjectAPIKeyObject {
  const now = state.seconds();
  const { owner: type, createdDaysAgo, usedDaysAgo, expiredDaysAgo, isOwnerGone } = facts;
  const part = project.replace('proj_', '');
  const created_at = now - createdDaysAgo * day;
  return {
    id: index === 0 ? `key_${part}` : `key_${part}${index + 1}`,
    object: 'organization.project.api_key',
    name: type === 'user' ? 'Notebook' : 'Service',
    redacted_value: `sk-proj...${part.slice(-3)}`,
    created_at,
    last_used_at: usedDaysAgo === undefined ? null : now - usedDaysAgo * day,
    expires_at: expiredDaysAgo === undefined ? null : now - expiredDaysAgo * day,
    owner_project_access: isOwnerGone ? 'inactive' : 'active',
    owner:
      type === 'user'
        ? { type, user: { ...userOf(state, project, index), role: 'member', created_at } }
        : {
            type,
            service_account: { id: `svc_acct_${part}${index}`, name: 'service', role: 'member', created_at },
          },
  };
}

function userOf(
  { people, slug }: Pick<OrganizationState, 'people' | 'slug'>,
  project: string,
  index: number,
) {
  const unknown: OrganizationUser = { id: 'user-owner', email: `owner@${slug}.example` };
  const { id, email } = people[mix(hash(project), index) % Math.max(1, people.length)] ?? unknown;
  return { id, email, name: email.slice(0, email.indexOf('@')) };
}

/**
 * The keys of a project, oldest first: those that it was given, else some that are the same in every run. `lastUse`:
 * when the project last used any model, Unix seconds. Its oldest key did.
 */
export function projectAPIKeysOf(
  state: Pick<OrganizationState, 'people' | 'seconds' | 'slug' | 'projectAPIKeys'>,
  project: ProjectObject,
  lastUse?: number,
): readonly ProjectAPIKeyObject[] {
  const given = state.projectAPIKeys.get(project.id);
  if (given) return given;
  // An archived project has no key that works (inferred).
  if (project.status === 'archived') return [];
  const seed = hash(project.id);
  const age = Math.max(1, Math.floor((state.seconds() - project.created_at) / day));
  const keys = Array.from({ length: 1 + (seed % 3) }, (_, index) => {
    const drawn = mix(seed, index);
    const createdDaysAgo = Math.max(1, age - (drawn % age));
    return projectAPIKey(state, project.id, index, {
      owner: (seed + index) % 2 === 0 ? 'service_account' : 'user',
      createdDaysAgo,
      ...(drawn % 5 === 0 && { expiredDaysAgo: -30 - (drawn % 60) }),
    });
  }).sort((one, other) => one.created_at - other.created_at);
  return keys.map((key, index) => (index === 0 && lastUse ? { ...key, last_used_at: lastUse } : key));
}
