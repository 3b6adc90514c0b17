// The names of keys in the secret storage. Profile IDs have no dot, so the names can be parsed.

const adminPrefix = 'checkpointPermissions.adminKey.';
const projectPrefix = 'checkpointPermissions.projectKey.';

export function adminKeyName(profile: string): string {
  return adminPrefix + profile;
}

export function projectKeyName(profile: string, project: string): string {
  return `${projectPrefix}${profile}.${project}`;
}

/** The profile of an admin key; undefined for another name. */
export function parseAdminKeyName(name: string): string | undefined {
  return name.startsWith(adminPrefix) ? name.slice(adminPrefix.length) : undefined;
}

/** The profile and the project of a project key; undefined for another name. */
export function parseProjectKeyName(
  name: string,
): { readonly profile: string; readonly project: string } | undefined {
  if (!name.startsWith(projectPrefix)) return undefined;
  const rest = name.slice(projectPrefix.length);
  const dot = rest.indexOf('.');
  return dot > 0 && dot < rest.length - 1
    ? { profile: rest.slice(0, dot), project: rest.slice(dot + 1) }
    : undefined;
}
