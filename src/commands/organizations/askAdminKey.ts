import type { SavedKey } from '../../credentials/adminKeys';
import { clientFor } from '../../organizations/clientFor';
import type { Services } from '../shared/services';
import { askKey, type KeyQuestion } from './askKey';

/**
 * Asks for an admin API key and verifies it with the API. Undefined when canceled, or when the key was rejected, after
 * a message. Saves nothing. Rejects with `InsecureBaseURLError` for a base URL that no key may be sent to.
 */
export function askAdminKey(services: Services, question: KeyQuestion): Promise<SavedKey | undefined> {
  return askKey(services, question, {
    looksUnusual: (key) => !key.startsWith('sk-admin-'),
    async ask(saved, options) {
      const client = clientFor(saved, question.baseUrl, services.log);
      try {
        const asked = client.admin.organization.adminAPIKeys.list({ limit: 1 }, options);
        return (await asked.withResponse()).response.headers;
      } finally {
        void client.close();
      }
    },
  });
}
