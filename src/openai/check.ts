/**
 * Checks of answers against their wire types. A check gives the value back, reduced to the fields that the wire type
 * has, or throws a {@link Mismatch} that says where it differs.
 */
export type Check<T> = (value: unknown) => T;

/** Where and how a value differs. The place is put together on the way out, so that a good answer costs nothing. */
export class Mismatch extends Error {
  #at = '';

  override get message(): string {
    return `${this.#at || 'the answer'} is ${this.what}`;
  }

  constructor(readonly what: string) {
    super();
  }

  within(place: string): this {
    this.#at = place + (this.#at && !this.#at.startsWith('[') ? `.${this.#at}` : this.#at);
    return this;
  }
}

function nameOf(value: unknown): string {
  if (value === undefined) return 'missing';
  if (value === null) return 'null';
  return Array.isArray(value) ? 'a list' : `a ${typeof value}`;
}

function mismatch(value: unknown, wanted: string): never {
  throw new Mismatch(`${nameOf(value)} instead of ${wanted}`);
}

/** What to throw on when a check within `place` failed. */
function located(error: unknown, place: string): unknown {
  return error instanceof Mismatch ? error.within(place) : error;
}

function ofType<T>(test: (value: unknown) => boolean, wanted: string): Check<T> {
  return (value) => (test(value) ? (value as T) : mismatch(value, wanted));
}

export const text = ofType<string>((value) => typeof value === 'string', 'text');
export const id = ofType<string>((value) => typeof value === 'string' && value !== '', 'an id');
export const flag = ofType<boolean>((value) => typeof value === 'boolean', 'true or false');
export const seconds = ofType<number>(Number.isFinite, 'a time in seconds');
export const amount = ofType<number>(Number.isFinite, 'a number');

export function exactly<T extends string>(wanted: T): Check<T> {
  return ofType<T>((value) => value === wanted, `"${wanted}"`);
}

/** A field that may be missing. */
export function optional<T>(check: Check<T>): Check<T> {
  return (value) => (value === undefined ? (undefined as T) : check(value));
}

/** A field that may be missing or null. */
export function optionalOrNull<T>(check: Check<T>): Check<T | null> {
  return optional((value) => (value === null ? null : check(value)));
}

/** A field that is as good as missing when it is null. */
export function unlessNull<T>(check: Check<T>): Check<T> {
  return (value) => (value === undefined || value === null ? (undefined as T) : check(value));
}

/** A field that is as good as missing when it is of another kind: for what nobody decides anything by. */
export function ifFits<T>(check: Check<T>): Check<T> {
  return (value) => {
    try {
      return check(value);
    } catch (error) {
      if (error instanceof Mismatch) return undefined as T;
      throw error;
    }
  };
}

/** A field that stands for `fallback` when it is missing, for fields that older servers do not send. */
export function orElse<T>(check: Check<T>, fallback: T): Check<T> {
  return (value) => (value === undefined ? fallback : check(value));
}

export function listOf<T>(check: Check<T>): Check<T[]> {
  return (value) => {
    if (!Array.isArray(value)) mismatch(value, 'a list');
    const checked: T[] = [];
    try {
      for (const item of value as unknown[]) checked.push(check(item));
    } catch (error) {
      throw located(error, `[${checked.length}]`);
    }
    return checked;
  };
}

/** An object with these fields; whatever else it has is dropped. */
export function fields<T extends object>(checks: { [K in keyof T]-?: Check<T[K]> }): Check<T> {
  const entries = Object.entries(checks) as [string, Check<unknown>][];
  return (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) mismatch(value, 'an object');
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
