import { IncompleteListError, type OpenAIAdmin, type ProjectAPIKey } from '../../openai';
import type { Ask } from './keptAnswers';

/** The API keys of a project. */
export interface LoadedKeys {
  readonly keys: readonly ProjectAPIKey[];
  /** Why there may be more keys. Absent if the list was loaded to its end. */
  readonly broken?: { readonly error: unknown };
}

/** Keys per request: the maximum of the other lists of an organization. */
const pageSize = 100;

/** Asks for the API keys of a project, by one request for each hundred. What came before a failure is kept. */
export function askProjectKeys(
  api: Pick<OpenAIAdmin['admin']['organization']['projects'], 'apiKeys'>,
): Ask<string, LoadedKeys> {
  return async (project, options) => {
    const keys: ProjectAPIKey[] = [];
    try {
      // Without `any`, the API may leave out keys (docs/api.md#keys-of-a-project).
      const query = { limit: pageSize, owner_project_access: 'any' } as const;
      const first = await api.apiKeys.list(project, query, options);
      for await (const key of first.wholeList()) keys.push(key);
      return { keys };
    } catch (error) {
      if (options.signal?.aborted) throw error;
      if (keys.length === 0 && !(error instanceof IncompleteListError)) throw error;
      return { keys, broken: { error } };
    }
  };
}

/** The keys of a project, counted by what keeps them from being used. Moments in milliseconds since 1970. */
export interface KeyCounts {
  readonly people: number;
  readonly serviceAccounts: number;
  /** Live keys whose owner is of another kind. */
  readonly others: number;
  readonly expired: number;
  /** Keys whose owner has no access to the project. */
  readonly withoutAccess: number;
  /** The last use of any key. Absent if none is known. */
  readonly lastUsedAt?: number;
  /** When the last live key expires. Absent if one of them does not, or there is none. */
  readonly expiresAt?: number;
  /** When the last of the expired keys did. */
  readonly expiredAt?: number;
}

/** Counts keys at a moment, in milliseconds since 1970. */
export function countKeys(keys: readonly ProjectAPIKey[], now: number): KeyCounts {
  const latest = (times: readonly (number | null | undefined)[]): number | undefined => {
    const known = times.filter((time) => typeof time === 'number');
    return known.length > 0 ? Math.max(...known) * 1000 : undefined;
  };
  const isExpired = ({ expires_at }: ProjectAPIKey): boolean =>
    typeof expires_at === 'number' && expires_at * 1000 <= now;
  const expired = keys.filter(isExpired);
  const enabled = keys.filter((key) => !isExpired(key));
  const live = enabled.filter(({ owner_project_access: access }) => access !== 'inactive');
  const of = (type: string): number => live.filter(({ owner }) => owner.type === type).length;
  const [people, serviceAccounts] = [of('user'), of('service_account')];
  const lastUsedAt = latest(keys.map(({ last_used_at }) => last_used_at));
  const ends = live.map(({ expires_at }) => expires_at);
  const expiresAt = ends.every((end) => typeof end === 'number') ? latest(ends) : undefined;
  const expiredAt = latest(expired.map(({ expires_at }) => expires_at));
  return {
    people,
    serviceAccounts,
    others: live.length - people - serviceAccounts,
    expired: expired.length,
    withoutAccess: enabled.length - live.length,
    ...(lastUsedAt !== undefined && { lastUsedAt }),
    ...(expiresAt !== undefined && { expiresAt }),
    ...(expiredAt !== undefined && { expiredAt }),
  };
}

/** Number of keys with which a program can use the project. */
export function liveKeys({ people, serviceAccounts, others }: KeyCounts): number {
  return people + serviceAccounts + others;
}
