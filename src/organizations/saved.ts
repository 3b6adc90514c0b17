import { Catalog, type CatalogStorage } from '../access/catalog';
import { Organization } from '../access/organization';
import type { SavedKey } from '../credentials/adminKeys';
import type { Log } from '../editor/log';
import { checkBaseURL } from '../openai';
import { clientFor } from './clientFor';
import type { Current } from './current';
import type { Profile } from './profile';

/**
 * The organization of a saved key, unless the profile's base URL names another origin than the key was saved for.
 * Throws `InsecureBaseURLError` for a base URL that no key may be sent to. Sends nothing.
 */
export function openSaved(profile: Profile, saved: SavedKey, kept: CatalogStorage, log: Log): Current {
  const { origin } = new URL(checkBaseURL(profile.baseUrl));
  if (origin !== saved.origin) return { kind: 'elsewhere', profile, savedFor: saved.origin, now: origin };
  const client = clientFor(saved, profile.baseUrl, log);
  return {
    kind: 'organization',
    organization: new Organization(profile.id, profile.name, false, client, new Catalog(kept)),
  };
}
