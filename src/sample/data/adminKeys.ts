import type { OrganizationUser } from '../state/actors';
import type { OrganizationState } from '../state/organizationState';

const day = 24 * 60 * 60;

/**
 * Adds the users of an organization, and the admin keys that the first of them owns. The first key is the one in use.
 * `expiresInDays`: when it expires, 0 for never.
 */
export function addAdminKeys(
  state: OrganizationState,
  prefix: string,
  names: readonly string[],
  owner: OrganizationUser & { readonly name: string },
  others: readonly OrganizationUser[],
  expiresInDays = 0,
): void {
  const now = state.seconds();
  const { id, name: ownerName, email } = owner;
  state.people.push({ id, email }, ...others);
  for (const [index, name] of names.entries()) {
    const days = [expiresInDays, 30][index];
    state.adminAPIKeys.push({
      id: `key_${prefix}${index + 1}`,
      object: 'organization.admin_api_key',
      name,
      redacted_value: `sk-admin...${index + 1}xQ`,
      created_at: now - (400 - index * 100) * day,
      expires_at: days ? now + days * day : null,
      last_used_at: index === 2 ? null : now - (index + 1) * 3600,
      owner: {
        type: 'user',
        object: 'organization.user',
        id,
        name: ownerName,
        role: 'owner',
        created_at: now - 1200 * day,
      },
    });
  }
}
