import { notSent } from './errors';

const leftRaw = /%(?:3A|40|24|26|2B|2C|3B|3D)/g;

/**
 * Encodes an ID as a path segment. Characters that RFC 3986 allows there stay raw, such as `:` in checkpoint
 * IDs.
 *
 * @throws OpenAIError for an ID that cannot be a segment: empty, `.`, `..`, or half of a surrogate pair.
 */
export function pathSegment(id: string): string {
  if (typeof id !== 'string' || id === '') throw notSent('invalidID');
  // These segments would address something else.
  if (id === '.' || id === '..') throw notSent('invalidID');
  try {
    return encodeURIComponent(id).replace(leftRaw, decodeURIComponent);
  } catch {
    throw notSent('invalidID');
  }
}

/** Encoded path with a leading slash. Throws like {@link pathSegment}. */
export function pathOf(segments: readonly string[]): string {
  return segments.map((segment) => `/${pathSegment(segment)}`).join('');
}

/** Adds a parameter to a query. Lists and objects are written in brackets, as the API expects. */
function withParameter(query: string, name: string, value: unknown): string {
  if (value === undefined || value === null) return query;
  if (typeof value !== 'object')
    return `${query}${query ? '&' : '?'}${name}=${encodeURIComponent(String(value))}`;
  let longer = query;
  if (Array.isArray(value)) for (const each of value) longer = withParameter(longer, `${name}%5B%5D`, each);
  else
    for (const [key, each] of Object.entries(value))
      longer = withParameter(longer, `${name}%5B${encodeURIComponent(key)}%5D`, each);
  return longer;
}

/**
 * Encoded query with its `?`, or an empty string. Omits undefined and null. Lists become `key[]=…`, objects
 * `key[field]=…`, with encoded brackets.
 */
export function queryOf(query: Readonly<Record<string, unknown>>): string {
  let text = '';
  for (const key of Object.keys(query)) text = withParameter(text, encodeURIComponent(key), query[key]);
  return text;
}
