import { Catalog, type CatalogStorage } from '../access/catalog';
import { Organization } from '../access/organization';
import type { SavedKey } from '../credentials/adminKeys';
import type { Log } from '../editor/log';
import { readSettings } from '../editor/settings';
import { checkBaseURL } from '../openai';
import { clientFor } from './clientFor';
import type { Current } from './current';

/**
 * The organization of a saved key, unless the base URL names another origin than the key was saved for.
 * Throws `InsecureBaseURLError` for a base URL that no key may be sent to. Sends nothing.
 */
export function openSaved(profile: string, saved: SavedKey, kept: CatalogStorage, log: Log): Current {
  const url = new URL(checkBaseURL(readSettings().baseUrl));
  if (url.origin !== saved.origin) return { kind: 'elsewhere', savedFor: saved.origin, now: url.origin };
  const client = clientFor(saved, log);
  return {
    kind: 'organization',
    organization: new Organization(profile, url.host, false, client, new Catalog(kept)),
  };
}
