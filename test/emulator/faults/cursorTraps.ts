import type { SampleAnswer, SampleRequest } from '../../../src/sample';
import type { Fault, FaultContext } from './fault';

/** The parts of a list response that the traps change. */
interface Page {
  readonly data: readonly { readonly id: string }[];
  readonly first_id?: string | null;
  readonly last_id?: string | null;
  readonly has_more: boolean;
}

type Trap = (page: Page, context: FaultContext) => Page;

/** Changes successful pages only. */
function trap(name: string, change: Trap, ask?: Fault['ask']): Fault {
  return {
    name,
    processed: true,
    ...(ask && { ask }),
    answer(answer, context) {
      const page = pageIn(answer);
      return page ? { ...answer, body: JSON.stringify({ ...page, ...change(page, context) }) } : answer;
    },
  };
}

function pageIn(answer: SampleAnswer): Page | undefined {
  const value = answer.status === 200 ? JSON.parse(answer.body) : undefined;
  return Array.isArray(value?.data) ? value : undefined;
}

function withQuery(request: SampleRequest, change: (query: URLSearchParams) => void): SampleRequest {
  const query = new URLSearchParams(request.query);
  change(query);
  return { ...request, query };
}

/** `has_more` without a cursor. */
export const nullCursor = trap('has_more with a null last_id', (page) => ({
  ...page,
  last_id: null,
  has_more: true,
}));

/**
 * `has_more` with `first_id` and `last_id` omitted, which the API allows
 * (docs/api.md#first-and-last-ids-can-be-missing).
 */
export const absentCursor = trap('has_more without last_id', ({ data }) => ({
  data,
  first_id: undefined as never,
  last_id: undefined as never,
  has_more: true,
}));

/** `has_more` on an empty page. */
export const emptyPage = trap('an empty page with has_more', () => ({
  data: [],
  first_id: null,
  last_id: null,
  has_more: true,
}));

/** An empty last page, announced by the first one. */
export const emptyEnd = trap('an announced last page that is empty', (page, { request }) =>
  request.query.has('after')
    ? { data: [], first_id: null, last_id: null, has_more: false }
    : { ...page, has_more: true },
);

/** The first page each time, regardless of `after`. */
export const standingCursor = trap(
  'a cursor that does not advance',
  (page) => ({ ...page, has_more: true }),
  (request) => withQuery(request, (query) => query.delete('after')),
);

/** One item more than requested; the next page starts after it. */
export const largerPage = trap('a page larger than asked for', (page, context) => {
  if (!page.has_more || !page.last_id) return page;
  const last = page.last_id;
  const next = pageIn(
    context.ask(
      withQuery(context.request, (query) => {
        query.set('after', last);
        query.set('limit', '1');
      }),
    ),
  );
  if (!next) return page;
  return {
    ...page,
    data: [...page.data, ...next.data],
    last_id: next.last_id ?? null,
    has_more: next.has_more,
  };
});

/** Every page except the first starts with the last item of the previous one. Create a new fault for each list. */
export function repeatedItem(): Fault {
  let last: Page['data'][number] | undefined;
  return trap('an item seen on the page before', (page, { request }) => {
    const repeated = request.query.has('after') && last ? [last] : [];
    last = page.data.at(-1);
    return { ...page, data: [...repeated, ...page.data] };
  });
}
