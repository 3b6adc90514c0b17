/**
 * Identifies the organization of stored data without revealing anything about the key. A profile may get the key of
 * another organization, and a key may be replaced by a new one of the same organization.
 */
export interface OrganizationIdentity {
  /** The origin of the requests, such as `https://api.openai.com`. */
  readonly origin: string;
  /** The name of the organization in response headers, where the server sends one. */
  readonly organization?: string;
  /** A random ID, created when the key was saved. It reveals nothing about the key. */
  readonly key?: string;
}

/**
 * Whether two identities are of the same organization: certain for the same key, or the same organization name.
 * `unknown` for different keys at one origin without names, and for data stored before identities were.
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

/** Parses a stored identity, which may be from another version or damaged. Undefined without an origin. */
export function parseIdentity(kept: unknown): OrganizationIdentity | undefined {
  const { origin, organization, key } = (kept ?? {}) as Record<keyof OrganizationIdentity, unknown>;
  if (typeof origin !== 'string') return undefined;
  return {
    origin,
    ...(typeof organization === 'string' && { organization }),
    ...(typeof key === 'string' && { key }),
  };
}

/** Longer names are ignored, in characters. */
const longest = 200;

/** The organization of the key, from response headers (docs/api.md#response-headers-for-debugging). */
export function organizationInHeaders(headers: Pick<Headers, 'get'> | undefined): string | undefined {
  const name = headers?.get('openai-organization')?.trim();
  return name && name.length <= longest ? name : undefined;
}
