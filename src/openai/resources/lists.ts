import type { RequestOptions } from '../options';
import { CursorPage, newTrail, PagePromise } from '../pages';
import type { RequestPipeline } from '../requestPipeline';
import { type ListBody, parseAs } from '../responses';
import type { ResponseValidator } from '../validators';

/** Reads a list by cursor, in the parameter `after`. */
export function cursorList<Item extends { id: string }>(
  send: RequestPipeline,
  wire: ResponseValidator<ListBody<Item>>,
  segments: readonly string[],
  query: object | null | undefined,
  options: RequestOptions | undefined,
): PagePromise<CursorPage<Item>, Item> {
  const call = { method: 'GET', segments, query: { ...query } as Record<string, unknown> } as const;
  const fetch = async (after: string) =>
    parseAs(wire, await send({ ...call, query: { ...call.query, after } }, options));
  const { after } = call.query;
  const cursors = typeof after === 'string' ? [after] : [];
  return new PagePromise(
    send(call, options),
    (raw) => new CursorPage(parseAs(wire, raw), fetch, newTrail(cursors)),
  );
}
