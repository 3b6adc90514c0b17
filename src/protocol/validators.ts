// Checks of messages between the page and the extension. Each side believes nothing of what the other sent.

export type Validator = (value: unknown) => boolean;

export const isString: Validator = (value) => typeof value === 'string';
export const isNumber: Validator = (value) => typeof value === 'number' && Number.isFinite(value);
export const isBoolean: Validator = (value) => typeof value === 'boolean';
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The fields of a value from outside; none if it has none. */
export function asObject(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

export function isKey(value: unknown): boolean {
  return Number.isInteger(value) && (value as number) >= 0;
}

/** Longest list of keys in a message: a longer one is a mistake. */
const maxKeys = 100_000;

export function isKeyList(value: unknown): value is number[] {
  return Array.isArray(value) && value.length <= maxKeys && value.every(isKey);
}

export function oneOf(...values: readonly string[]): Validator {
  return (value) => values.includes(value as string);
}

export function list(isItem: Validator): Validator {
  return (value) => Array.isArray(value) && value.every(isItem);
}

export function tuple(...checks: readonly Validator[]): Validator {
  return (value) =>
    Array.isArray(value) &&
    value.length === checks.length &&
    checks.every((isRight, index) => isRight(value[index]));
}

export function record(
  fields: Readonly<Record<string, Validator>>,
  optional: Readonly<Record<string, Validator>> = {},
): Validator {
  const [required, others] = [Object.entries(fields), Object.entries(optional)];
  return (value) =>
    isObject(value) &&
    required.every(([name, isRight]) => isRight(value[name])) &&
    others.every(([name, isRight]) => value[name] === undefined || isRight(value[name]));
}
