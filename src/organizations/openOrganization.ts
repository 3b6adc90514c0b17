import { Catalog, type CatalogStorage } from '../access/catalog/catalog';
import type { OwnersStorage } from '../access/loading/owners';
import { Organization } from '../access/organization';
import type { OrganizationIdentity } from '../access/organizationIdentity';
import type { SavedKey } from '../credentials/adminKeys';
import type { ProjectKeys } from '../credentials/projectKeys';
import type { Log } from '../editor/log';
import { checkBaseURL } from '../openai';
import { clientFor, projectAccess } from './clientFor';
import type { ActiveOrganization } from './current';
import type { Profile } from './profile';

/** Where an organization's list, the owners of its models and the keys of its projects are kept, and what it tells what it does. */
export interface Surroundings {
  readonly catalog: CatalogStorage;
  readonly owners: OwnersStorage;
  readonly projectKeys: ProjectKeys;
  readonly log: Log;
}

/**
 * The organization of a saved key, unless the profile's base URL names another origin than the key was saved for.
 * Throws `InsecureBaseURLError` for a base URL that no key may be sent to. Sends nothing.
 */
export function openSaved(
  profile: Profile,
  saved: SavedKey,
  { catalog, owners, projectKeys, log }: Surroundings,
): ActiveOrganization {
  const { origin } = new URL(checkBaseURL(profile.baseUrl));
  if (origin !== saved.origin) return { kind: 'elsewhere', profile, savedFor: saved.origin, now: origin };
  const client = clientFor(saved, profile.baseUrl, log);
  const whose: OrganizationIdentity = {
    origin,
    ...(saved.organization !== undefined && { organization: saved.organization }),
    ...(saved.id !== undefined && { key: saved.id }),
  };
  const access = () => projectAccess(profile, projectKeys, log);
  return {
    kind: 'organization',
    organization: new Organization(
      profile.id,
      profile.name,
      false,
      client,
      new Catalog(catalog),
      undefined,
      access,
      whose,
      owners,
    ),
  };
}
