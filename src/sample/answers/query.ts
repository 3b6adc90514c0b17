import { errorResponse } from './errorResponse';

/** Parses the values of one query parameter, or throws an error response. */
export type QueryReader<T> = (values: readonly string[], name: string) => T;

/**
 * Parses a query whose parameters are all known.
 *
 * @throws ErrorResponse 400 for an unknown parameter, or from a reader.
 */
export function readQuery<T extends Record<string, QueryReader<unknown>>>(
  query: URLSearchParams,
  readers: T,
): { [Name in keyof T]: ReturnType<T[Name]> } {
  for (const name of query.keys()) {
    if (!Object.hasOwn(readers, name)) {
      throw errorResponse(400, `Unknown parameter: '${name}'.`, name, 'unknown_parameter');
    }
  }
  const entries = Object.entries(readers).map(([name, read]) => [name, read(query.getAll(name), name)]);
  return Object.fromEntries(entries);
}

function single(values: readonly string[], name: string): string | undefined {
  if (values.length > 1) {
    throw errorResponse(400, `Duplicate parameter: '${name}'.`, name, 'duplicate_parameter');
  }
  return values[0];
}

/** Any text; undefined when absent. */
export const text: QueryReader<string | undefined> = single;

/** One of several words. */
export function oneOf<const Word extends string>(words: readonly Word[], fallback: Word): QueryReader<Word> {
  return (values, name) => {
    const value = single(values, name);
    if (value === undefined) return fallback;
    return wordOf(words, value, name);
  };
}

function wordOf<Word extends string>(words: readonly Word[], value: string, name: string): Word {
  const word = words.find((candidate) => candidate === value);
  if (word !== undefined) return word;
  const quoted = words.map((candidate) => `'${candidate}'`);
  const supported = [quoted.slice(0, -1).join(', '), quoted.at(-1)].filter(Boolean).join(' and ');
  throw errorResponse(
    400,
    `Invalid value: '${value}'. Supported values are: ${supported}.`,
    name,
    'invalid_value',
  );
}

/** Any number of texts. The name of the parameter ends in `[]`. */
export const texts: QueryReader<readonly string[]> = (values) => values;

/** Any number of several words. */
export function someOf<const Word extends string>(words: readonly Word[]): QueryReader<readonly Word[]> {
  return (values, name) => values.map((value) => wordOf(words, value, name));
}

/** An integer; undefined when absent. */
export const integer: QueryReader<number | undefined> = (values, name) => {
  const value = single(values, name);
  return value === undefined ? undefined : wholeNumber(value, name);
};

/** A required integer. */
export const requiredInteger: QueryReader<number> = (values, name) => {
  const value = integer(values, name);
  if (value !== undefined) return value;
  throw errorResponse(400, `Missing required parameter: '${name}'.`, name, 'missing_required_parameter');
};

function wholeNumber(value: string, name: string): number {
  if (/^[+-]?\d+$/.test(value)) return Number(value);
  const message = `Invalid type for '${name}': expected an integer, but got '${value}' instead.`;
  throw errorResponse(400, message, name, 'invalid_type');
}

/** `true` or `false`; `false` when absent. */
export const flag: QueryReader<boolean> = (values, name) =>
  oneOf(['true', 'false'], 'false')(values, name) === 'true';

/**
 * A page size. `above` is the policy for a number over `most`. The organization endpoints document their maximum and
 * refuse more. The permissions endpoint documents none, so it serves the largest page (inferred).
 */
export function pageSize(options: {
  readonly fallback: number;
  readonly most: number;
  readonly above: 'refuse' | 'serve the most';
}): QueryReader<number> {
  return (values, name) => {
    const value = single(values, name);
    if (value === undefined) return options.fallback;
    const size = wholeNumber(value, name);
    if (size < 1) throw outOfRange(name, 'below minimum', '>= 1', value, 'integer_below_min_value');
    if (size > options.most && options.above === 'refuse') {
      throw outOfRange(name, 'above maximum', `<= ${options.most}`, value, 'integer_above_max_value');
    }
    return Math.min(size, options.most);
  };
}

function outOfRange(name: string, bound: string, expected: string, value: string, code: string) {
  const message = `Invalid '${name}': integer ${bound} value. Expected a value ${expected}, but got ${value} instead.`;
  return errorResponse(400, message, name, code);
}
