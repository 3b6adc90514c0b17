import { Catalog, type CatalogStorage } from '../access/catalog/catalog';
import { FileStorage } from '../access/journal/fileStorage';
import { Journal } from '../access/journal/journal';
import { MemoryStorage } from '../access/journal/storage';
import type { OwnersStorage } from '../access/loading/owners';
import { Organization } from '../access/organization';
import type { OrganizationIdentity } from '../access/organizationIdentity';
import type { SavedKey } from '../credentials/adminKeys';
import type { ProjectKeys } from '../credentials/projectKeys';
import type { Log } from '../editor/log';
import { checkBaseURL } from '../openai';
import { clientFor, projectClients } from './clientFor';
import type { Profile } from './profile';

/** The storage and services that an organization is opened with. */
export interface OrganizationDependencies {
  readonly catalog: CatalogStorage;
  readonly owners: OwnersStorage;
  readonly projectKeys: ProjectKeys;
  readonly log: Log;
}

/** An opened organization, or the reason why the saved key can't open it. */
export type OpenedOrganization =
  /** The key is saved for another origin than that of the base URL, so it is not sent. */
  | {
      readonly kind: 'elsewhere';
      readonly profile: Profile;
      readonly savedFor: string;
      readonly now: string;
    }
  | { readonly kind: 'organization'; readonly organization: Organization };

/**
 * Opens the organization of a saved key, unless the base URL has another origin than the key. Throws
 * `InsecureBaseURLError` for a base URL that no key may be sent to. Sends no request.
 */
export function openSaved(
  profile: Profile,
  saved: SavedKey,
  { catalog, owners, projectKeys, log }: OrganizationDependencies,
): OpenedOrganization {
  const { origin } = new URL(checkBaseURL(profile.baseUrl));
  if (origin !== saved.origin) return { kind: 'elsewhere', profile, savedFor: saved.origin, now: origin };
  const client = clientFor(saved, profile.baseUrl, log);
  const identity: OrganizationIdentity = {
    origin,
    ...(saved.organization !== undefined && { organization: saved.organization }),
    ...(saved.id !== undefined && { key: saved.id }),
  };
  return {
    kind: 'organization',
    organization: new Organization({
      id: profile.id,
      name: profile.name,
      isSample: false,
      client,
      catalog: new Catalog(catalog),
      projectClients: () => projectClients(profile, projectKeys, log),
      identity,
      owners,
    }),
  };
}

/** The journal of real organizations, in a folder that all windows share. */
export function journalIn(folder: string): Journal {
  return new Journal(new FileStorage(folder));
}

/** The journal of a sample organization, in memory as the sample itself. */
export function journalInMemory(): Journal {
  return new Journal(new MemoryStorage());
}
