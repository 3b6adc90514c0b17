import type { FieldMismatch } from './errors';

/**
 * A validator for responses. Returns the value reduced to the fields of its wire type, or throws a
 * {@link Mismatch} that says where the value differs.
 */
export type ResponseValidator<T> = (value: unknown) => T;

/** Where and how a value differs from its wire type. `within` prepends each place on the way out. */
export class Mismatch extends Error {
  #at = '';

  constructor(
    private readonly found: string,
    private readonly expected: string,
  ) {
    super();
  }

  get facts(): FieldMismatch {
    return { field: this.#at, found: this.found, expected: this.expected };
  }

  within(place: string): this {
    this.#at = place + (this.#at && !this.#at.startsWith('[') ? `.${this.#at}` : this.#at);
    return this;
  }
}

function typeNameOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

function mismatch(value: unknown, expected: string): never {
  throw new Mismatch(typeNameOf(value), expected);
}

/** The error to rethrow for a failed check within `place`. */
function located(error: unknown, place: string): unknown {
  return error instanceof Mismatch ? error.within(place) : error;
}

function ofType<T>(test: (value: unknown) => boolean, expected: string): ResponseValidator<T> {
  return (value) => (test(value) ? (value as T) : mismatch(value, expected));
}

export const text = ofType<string>((value) => typeof value === 'string', 'string');
export const id = ofType<string>((value) => typeof value === 'string' && value !== '', 'non-empty string');
export const flag = ofType<boolean>((value) => typeof value === 'boolean', 'boolean');
export const seconds = ofType<number>(Number.isFinite, 'finite number');
export const amount = ofType<number>(Number.isFinite, 'finite number');

export function exactly<T extends string>(expected: T): ResponseValidator<T> {
  return ofType<T>((value) => value === expected, `"${expected}"`);
}

export function oneOf<const T extends string>(expected: readonly T[]): ResponseValidator<T> {
  const quoted = expected.map((each) => `"${each}"`).join(' or ');
  return ofType<T>((value) => expected.includes(value as T), quoted);
}

/** An optional field. */
export function optional<T>(check: ResponseValidator<T>): ResponseValidator<T> {
  return (value) => (value === undefined ? (undefined as T) : check(value));
}

/** An optional field that may be null. */
export function optionalOrNull<T>(check: ResponseValidator<T>): ResponseValidator<T | null> {
  return optional((value) => (value === null ? null : check(value)));
}

/** An optional field whose null is dropped. */
export function unlessNull<T>(check: ResponseValidator<T>): ResponseValidator<T> {
  return (value) => (value === undefined || value === null ? (undefined as T) : check(value));
}

/** An optional field that is dropped when it has another type. For fields that decide nothing. */
export function ifFits<T>(check: ResponseValidator<T>): ResponseValidator<T> {
  return (value) => {
    try {
      return check(value);
    } catch (error) {
      if (error instanceof Mismatch) return undefined as T;
      throw error;
    }
  };
}

/** A field with a default, for fields that older servers do not send. */
export function orElse<T>(check: ResponseValidator<T>, fallback: T): ResponseValidator<T> {
  return (value) => (value === undefined ? fallback : check(value));
}

/** A field with a default for every other value. For fields that decide nothing. */
export function fitsOrElse<T>(check: ResponseValidator<T>, fallback: T): ResponseValidator<T> {
  const fits = ifFits<T | undefined>(check);
  return (value) => fits(value) ?? fallback;
}

/** An optional time. 0 is no time: servers send it for one that there is not. */
export const secondsIfAny: ResponseValidator<number | null> = (value) =>
  value === 0 ? null : optionalOrNull(seconds)(value);

export function listOf<T>(check: ResponseValidator<T>): ResponseValidator<T[]> {
  return (value) => {
    if (!Array.isArray(value)) mismatch(value, 'array');
    const checked: T[] = [];
    try {
      for (const item of value as unknown[]) checked.push(check(item));
    } catch (error) {
      throw located(error, `[${checked.length}]`);
    }
    return checked;
  };
}

/** An object with these fields. Other fields are dropped. */
export function fields<T extends object>(
  checks: { [K in keyof T]-?: ResponseValidator<T[K]> },
): ResponseValidator<T> {
  const entries = Object.entries(checks) as [string, ResponseValidator<unknown>][];
  return (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) mismatch(value, 'object');
    const picked: Record<string, unknown> = {};
    let at = '';
    try {
      for (const [key, check] of entries) {
        at = key;
        const checked = check((value as Record<string, unknown>)[key]);
        if (checked !== undefined) picked[key] = checked;
      }
    } catch (error) {
      throw located(error, at);
    }
    return picked as T;
  };
}
