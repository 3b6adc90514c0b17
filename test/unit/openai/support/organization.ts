import type { Permission, Transport, TransportRequest, TransportResponse } from '../../../../src/openai';
import { byID, type Ties } from './unchanging-list';

export interface OrganizationQuirks {
  /** What a cursor that is not in the list leads to. Default: `place`, where it was. */
  gone?: 'place' | 'top' | '404';
  /** How those of one second are ordered. Default: `reversed`. */
  ties?: Ties;
  /** Answers every list newest first. */
  ignoresOrder?: boolean;
  /** Never sends more items a page than this. */
  largestPage?: number;
  /** Called with the number of each request before it is answered. */
  before?: (request: number) => void;
  /** Answers instead, if it likes. */
  instead?: (url: URL, request: number) => TransportResponse | undefined;
}

/** Permissions of one checkpoint in memory, served as the API pages them. */
export class PermissionsInMemory implements Transport {
  /** Newest first. */
  items: Permission[] = [];
  readonly asked: URL[] = [];
  #granted = 0;
  /** Every permission there ever was, newest first: where a cursor is, even one that is gone. */
  #history: Permission[] = [];

  constructor(
    count: number,
    readonly quirks: OrganizationQuirks = {},
  ) {
    this.grant(count);
  }

  get ids(): string[] {
    return this.items.map(({ id }) => id);
  }

  /** Grants at once, so that several share a second. */
  grant(count = 1): void {
    const created_at = 1_700_000_000 + Math.floor(this.#granted / 3);
    for (let index = 0; index < count; index++) {
      const number = this.#granted++;
      const permission: Permission = {
        id: `cp_${number}`,
        object: 'checkpoint.permission',
        created_at: created_at + Math.floor(index / 3),
        project_id: `proj_${number % 7}`,
      };
      this.items.unshift(permission);
      this.#history.unshift(permission);
    }
  }

  revoke(place: number): Permission | undefined {
    return this.items.splice(place, 1)[0];
  }

  async send({ url: text, signal }: TransportRequest): Promise<TransportResponse> {
    const url = new URL(text);
    const request = this.asked.push(url);
    await new Promise(setImmediate);
    signal.throwIfAborted();
    this.quirks.before?.(request);
    const answer = this.quirks.instead?.(url, request) ?? this.#page(url.searchParams);
    await new Promise(setImmediate);
    return answer;
  }

  #page(query: URLSearchParams): TransportResponse {
    const { gone = 'place', ignoresOrder, largestPage = 100, ties = 'reversed' } = this.quirks;
    const ascending = query.get('order') === 'ascending' && !ignoresOrder;
    const project = query.get('project_id');
    const inOrder = (list: readonly Permission[]) => {
      if (ties === 'reversed') return ascending ? [...list].reverse() : [...list];
      const sorted = ties === 'by id' ? list.toSorted(byID) : [...list].reverse();
      return sorted.sort((one, other) => (ascending ? 1 : -1) * (one.created_at - other.created_at));
    };
    const items = inOrder(this.items).filter((item) => !project || item.project_id === project);
    const after = query.get('after');
    let begin = 0;
    if (after !== null) {
      const known = items.some(({ id }) => id === after);
      if (!known && gone === '404')
        return answered(404, { error: { message: `No such permission: ${after}` } });
      if (known || gone === 'place') {
        const history = inOrder(this.#history);
        const places = new Map(history.map(({ id }, place) => [id, place]));
        const place = places.get(after) ?? -1;
        begin = items.findIndex(({ id }) => (places.get(id) ?? 0) > place);
        if (begin < 0) begin = items.length;
      }
    }
    const size = Math.min(Number(query.get('limit') ?? 10), largestPage);
    const data = items.slice(begin, begin + size);
    const has_more = begin + size < items.length;
    const ends = { first_id: data[0]?.id ?? null, last_id: data.at(-1)?.id ?? null };
    return answered(200, { object: 'list', data, has_more, ...ends });
  }
}

export function answered(
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): TransportResponse {
  return { status, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) };
}
