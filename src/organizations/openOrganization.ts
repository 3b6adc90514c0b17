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

/** Where an organization keeps its list and the owners of its models, with the keys of its projects and the log. */
export interface OrganizationDependencies {
  readonly catalog: CatalogStorage;
  readonly owners: OwnersStorage;
  readonly projectKeys: ProjectKeys;
  readonly log: Log;
}

/** What a saved key opens, or why it opens nothing. */
export type OpenedOrganization =
  /** A key is saved, but for another origin than the profile's base URL names; it is not sent there. */
  | {
      readonly kind: 'elsewhere';
      readonly profile: Profile;
      readonly savedFor: string;
      readonly now: string;
    }
  | { readonly kind: 'organization'; readonly organization: Organization };

/**
 * The organization of a saved key, unless the profile's base URL names another origin than the key was saved for.
 * Throws `InsecureBaseURLError` for a base URL that no key may be sent to. Sends nothing.
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

/** The journal of what is changed in real organizations, in a folder that all windows share. */
export function journalIn(folder: string): Journal {
  return new Journal(new FileStorage(folder));
}

/** The journal of a sample organization, which lasts as long as its changes do. */
export function journalInMemory(): Journal {
  return new Journal(new MemoryStorage());
}
