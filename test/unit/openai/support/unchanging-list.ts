import type { Permission } from '../../../../src/openai';
import type { FetchPage } from '../../../../src/openai/resources/all';

/**
 * In which order permissions of one second come: `reversed` from the other end as the others do, or from both ends in
 * one and the same order.
 */
export type Ties = 'reversed' | 'by id' | 'by insertion';

/** Compares by id and nothing else, so that it has nothing to do with the order in which they were granted. */
export function byID(one: Permission, other: Permission): number {
  return one.id < other.id ? -1 : 1;
}

const ids = Array.from({ length: 10_000 }, (_, index) => `cp_${10_000 + ((index * 7919) % 10_007)}`);

/** A list that nobody changes while it is read, paged without a server. */
export class UnchangingList {
  readonly newestFirst: readonly Permission[];
  readonly #oldestFirst: readonly Permission[];
  requests = 0;
  /** Requests from the oldest end. */
  fromOldest = 0;
  /** Most requests at the same time. */
  atOnce = 0;
  #underWay = 0;

  /** `times` are those of the grants, in the order in which they were made; `unsorted` keeps that order. */
  constructor(
    times: readonly number[],
    ties: Ties,
    readonly pageSize: number,
    unsorted = false,
  ) {
    const granted = times.map(
      (created_at, index): Permission => ({
        id: ids[index] ?? '',
        object: 'checkpoint.permission',
        created_at,
        project_id: 'proj_a',
      }),
    );
    if (ties === 'by id') granted.sort(byID);
    const sorted = (sign: 1 | -1) =>
      unsorted ? [...granted] : granted.toSorted((one, other) => sign * (one.created_at - other.created_at));
    this.#oldestFirst = sorted(1);
    this.newestFirst = unsorted || ties === 'reversed' ? sorted(1).reverse() : sorted(-1);
  }

  readonly fetch: FetchPage = async ({ order, after }) => {
    this.requests++;
    this.atOnce = Math.max(this.atOnce, ++this.#underWay);
    await undefined;
    this.#underWay--;
    if (order === 'ascending') this.fromOldest++;
    const items = order === 'ascending' ? this.#oldestFirst : this.newestFirst;
    const begin = after === undefined ? 0 : items.findIndex(({ id }) => id === after) + 1;
    const data = items.slice(begin, begin + this.pageSize);
    const has_more = begin + this.pageSize < items.length;
    return { object: 'list', data, has_more, last_id: data.at(-1)?.id ?? null };
  };
}
