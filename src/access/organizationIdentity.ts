/**
 * What tells whose organization something was done in, or was learnt of, without saying anything of the key: a profile
 * may be given the key of another organization, and a key may be replaced by a new one of the same.
 */
export interface OrganizationIdentity {
  /** Where requests went, such as `https://api.openai.com`. */
  readonly origin: string;
  /** What the server calls the organization, where it says so. */
  readonly organization?: string;
  /** Made at random when the key was saved, and kept beside it; it says nothing of the key. */
  readonly key?: string;
}

/**
 * Whether two are the same organization: certainly with the same key, or where the server calls both the same. `unknown`
 * with different keys at one address that does not tell, and of what was written down before this was.
 */
export function compareIdentity(
  one: OrganizationIdentity | undefined,
  other: OrganizationIdentity | undefined,
): 'same' | 'other' | 'unknown' {
  if (!one || !other) return 'unknown';
  if (one.origin !== other.origin) return 'other';
  if (one.key !== undefined && one.key === other.key) return 'same';
  if (one.organization === undefined || other.organization === undefined) return 'unknown';
  return one.organization === other.organization ? 'same' : 'other';
}

/** As it was kept, which may come from another version or be damaged; undefined when it says nothing. */
export function parseIdentity(kept: unknown): OrganizationIdentity | undefined {
  const { origin, organization, key } = (kept ?? {}) as Record<keyof OrganizationIdentity, unknown>;
  if (typeof origin !== 'string') return undefined;
  return {
    origin,
    ...(typeof organization === 'string' && { organization }),
    ...(typeof key === 'string' && { key }),
  };
}

/** Longer names than this are none, in characters. */
const longest = 200;

/**
 * What the server calls the organization of the key, by its answer's headers
 * (docs/api.md#response-headers-for-debugging).
 */
export function organizationInHeaders(headers: Pick<Headers, 'get'> | undefined): string | undefined {
  const name = headers?.get('openai-organization')?.trim();
  return name && name.length <= longest ? name : undefined;
}
