import assert from 'node:assert/strict';
import type { Side } from './conversation';

/** The common part of the clients' page classes. */
const pageFields = ['object', 'data', 'has_more', 'last_id'];

interface AnyPage {
  readonly data: readonly unknown[];
  hasNextPage(): boolean;
}

function isPage(value: unknown): value is AnyPage {
  return typeof (value as AnyPage | undefined)?.hasNextPage === 'function';
}

/**
 * A result as plain data. Of a page, the fields that the SDK's page has too: its classes drop what they do not use.
 * Where there is no cursor the SDK has an empty text for the server's null.
 */
function plain(value: unknown, sdk: unknown): unknown {
  if (Array.isArray(value)) return value.map((item, index) => plain(item, (sdk as unknown[])[index]));
  if (!isPage(value)) return value;
  const fields = pageFields.filter((name) => Object.hasOwn(sdk as object, name));
  const picked = fields.map((name) => [name, (value as unknown as Record<string, unknown>)[name]]);
  const data = Object.fromEntries(picked);
  if ('last_id' in data) data.last_id ||= null;
  return { ...data, hasNextPage: value.hasNextPage() };
}

/** Both sent the same requests, in the same order. */
export function assertSameRequests({ sdk, ours }: { sdk: Side; ours: Side }): void {
  assert.deepEqual(ours.requests, sdk.requests);
}

/** Neither client failed, and both received the same responses. */
export function assertSameResults({ sdk, ours }: { sdk: Side; ours: Side }): void {
  assert.equal(sdk.error, undefined);
  assert.equal(ours.error, undefined);
  assert.deepEqual(plain(ours.result, sdk.result), plain(sdk.result, sdk.result));
}
