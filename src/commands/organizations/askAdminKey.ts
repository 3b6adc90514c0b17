import { type CheckedKey, checkedKey, checkOfRefusal, keysAtOnce } from '../../access/key/keyCheck';
import type { SavedKey } from '../../credentials/adminKeys';
import { keyCheckNote } from '../../credentials/keyCheckNote';
import { clientFor } from '../../organizations/clientFor';
import { stateItem } from '../../organizations/stateItem';
import type { Services } from '../shared/services';
import { askKey, type KeyQuestion } from './askKey';

/** An admin key that a person entered, and what the check of it found. */
export interface AskedAdminKey {
  readonly saved: SavedKey;
  readonly checked: CheckedKey | undefined;
}

/**
 * Asks for an admin API key and verifies it with the API. Undefined when canceled, or when the key was rejected, after
 * a message. Saves nothing. Rejects with `InsecureBaseURLError` for a base URL that no key may be sent to.
 */
export async function askAdminKey(
  services: Services,
  question: KeyQuestion,
): Promise<AskedAdminKey | undefined> {
  let checked: CheckedKey | undefined;
  const saved = await askKey(services, question, {
    looksUnusual: (key) => !key.startsWith('sk-admin-'),
    async ask(entered, options) {
      const client = clientFor(entered, question.baseUrl, services.log);
      try {
        const asked = client.admin.organization.adminAPIKeys.list({ limit: keysAtOnce }, options);
        const { data, response } = await asked.withResponse();
        checked = checkedKey(data, client, Date.now());
        return response.headers;
      } catch (error) {
        checked = checkOfRefusal(error, Date.now());
        throw error;
      } finally {
        void client.close();
      }
    },
  });
  return saved && { saved, checked };
}

/** Keeps what the check of a key found, after the key was saved. `key`: its random ID. */
export async function keepKeyCheck(
  { current, stores }: Services,
  profile: string,
  key: string,
  checked: CheckedKey | undefined,
): Promise<void> {
  if (!checked) return;
  const active = await current.get();
  const organization = active.kind === 'organization' ? active.organization : undefined;
  if (organization?.id === profile && organization.identity?.key === key)
    return organization.keyHealth.learn(checked);
  await keyCheckNote(stateItem(stores.everywhere, `keySaved.${profile}`), key).write(checked.check);
}
