import { Catalog, type CatalogStorage } from '../access/catalog';
import { Organization } from '../access/organization';
import type { SavedKey } from '../credentials/adminKeys';
import type { Settings } from '../editor/settings';
import { checkBaseURL, OpenAIAdmin, type RequestReport } from '../openai';
import type { Current } from './current';

/**
 * The organization of a saved key, unless the base URL names another origin than the key was saved for.
 * Throws `InsecureBaseURLError` for a base URL that no key may be sent to. Sends nothing.
 */
export function openSaved(
  profile: string,
  saved: SavedKey,
  settings: () => Settings,
  kept: CatalogStorage,
  onRequest: (report: RequestReport) => void,
): Current {
  const { baseUrl } = settings();
  const url = new URL(checkBaseURL(baseUrl));
  if (url.origin !== saved.origin) return { kind: 'elsewhere', savedFor: saved.origin, now: url.origin };
  const client = new OpenAIAdmin({
    adminAPIKey: saved.key,
    baseURL: baseUrl,
    timeout: () => settings().requestTimeout,
    onRequest,
  });
  return {
    kind: 'organization',
    organization: new Organization(profile, url.host, false, client, new Catalog(kept)),
  };
}
