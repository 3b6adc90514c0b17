import { errorResponse } from './errorResponse';

/** A page in the shape of all cursor-paged endpoints. The cursor IDs are null when the page is empty. */
export function listPage<T extends { readonly id: string }>(data: readonly T[], hasMore: boolean) {
  return {
    object: 'list',
    data,
    first_id: data[0]?.id ?? null,
    last_id: data.at(-1)?.id ?? null,
    has_more: hasMore,
  };
}

/** One page of a short list. Long lists have an index (`state/permissionIndex.ts`). */
export function pageOf<T extends { readonly id: string }>(
  items: readonly T[],
  after: string | undefined,
  limit: number,
) {
  const start = after === undefined ? 0 : items.findIndex((item) => item.id === after) + 1;
  if (after !== undefined && start === 0) throw unknownCursor(after);
  return listPage(items.slice(start, start + limit), start + limit < items.length);
}

/** The error for an unknown cursor, which never means the start or the end of the list (inferred). */
export function unknownCursor(cursor: string, param = 'after') {
  return errorResponse(
    400,
    `Invalid '${param}': no item with id '${cursor}' in this list.`,
    param,
    'invalid_value',
  );
}
