import { isNotFromTheAPI } from '../../access/explain';
import type { SavedKey } from '../../credentials/adminKeys';
import { APIError } from '../../openai';
import { clientFor } from '../../organizations/clientFor';
import type { Services } from '../shared/services';
import { askKey, type KeyQuestion } from './askKey';

/**
 * Asks for an admin API key and has the server check it. Undefined when cancelled, or when the key was refused, which is
 * told. Nothing is saved here. Throws `InsecureBaseURLError` for a base URL that no key may be sent to.
 */
export function askAdminKey(services: Services, question: KeyQuestion): Promise<SavedKey | undefined> {
  return askKey(services, question, {
    kind: 'admin API key',
    unusual: (key) =>
      key.startsWith('sk-admin-')
        ? undefined
        : 'Admin API keys start with “sk-admin-” as a rule, and only they can manage permissions. The server decides.',
    async ask(saved, options) {
      const client = clientFor(saved, question.baseUrl, services.log);
      try {
        const asked = client.admin.organization.adminAPIKeys.list({ limit: 1 }, options);
        return (await asked.withResponse()).response.headers;
      } finally {
        void client.close();
      }
    },
    cannotSay: (error) =>
      saysNothingOfTheKey(error) ? 'the server does not let it look at admin API keys' : undefined,
  });
}

/** A missing scope, or a gateway without this endpoint, says nothing against the key. A page of a proxy says nothing at all. */
export function saysNothingOfTheKey(error: unknown): boolean {
  if (!(error instanceof APIError) || isNotFromTheAPI(error)) return false;
  return error.missingScopes.length > 0 || error.status === 403 || error.status === 404;
}
