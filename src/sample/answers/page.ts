import { errorResponse } from './errorResponse';

/** A page in the list shape that all cursor-paged endpoints share; the ids are null when the page is empty. */
export function listPage<T extends { readonly id: string }>(data: readonly T[], hasMore: boolean) {
  return {
    object: 'list',
    data,
    first_id: data[0]?.id ?? null,
    last_id: data.at(-1)?.id ?? null,
    has_more: hasMore,
  };
}

/** Cuts one page out of a short list. Long lists keep an index of their own (`state/permissionIndex.ts`). */
export function pageOf<T extends { readonly id: string }>(
  items: readonly T[],
  after: string | undefined,
  limit: number,
) {
  const start = after === undefined ? 0 : items.findIndex((item) => item.id === after) + 1;
  if (after !== undefined && start === 0) throw unknownCursor(after);
  return listPage(items.slice(start, start + limit), start + limit < items.length);
}

/** A cursor that names nothing here is refused, never taken for the beginning or the end of the list (inferred). */
export function unknownCursor(cursor: string, param = 'after') {
  return errorResponse(
    400,
    `Invalid '${param}': no item with id '${cursor}' in this list.`,
    param,
    'invalid_value',
  );
}
