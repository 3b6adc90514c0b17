import type { Transport, TransportResponse } from '../../src/openai/transport';
import type { SampleOrganization, SampleRequest } from '../../src/sample';
import { splitTarget } from '../../src/sample/answers/exchange';
import { PermissionIndex } from '../../src/sample/state/permissionIndex';
import { AccessRecord } from './accessRecord';
import type { Fault } from './faults';

/** A request that waits for its answer. */
interface PendingRequest {
  readonly request: SampleRequest;
  readonly checkpoint: string | undefined;
  answer: TransportResponse | undefined;
  resolve(answer: TransportResponse): void;
  reject(error: unknown): void;
}

/** How an organization behind a gateway answers. */
export interface GatewayBehavior {
  readonly faults: readonly Fault[];
  /** Most rows of a page. */
  readonly pageSize: number;
  /** By how many moments lists of permissions may lag behind. They never go back. */
  readonly lag: number;
  /** Rows come in an order of their own instead of that of time. */
  readonly isShuffled: boolean;
  /** After a cursor that is gone there is an empty last page instead of an error. */
  readonly endsAtLostCursor: boolean;
}

/**
 * An organization in this process, without sockets and time: requests wait until a test has them processed and
 * answered, in any order. Records who had access when.
 */
export class InProcessEmulator {
  readonly record: AccessRecord;
  readonly pending: PendingRequest[] = [];
  /** What happened to requests. */
  readonly counts = { requests: 0, lagged: 0, lost: 0 };
  /** The moment whose list was seen last, by checkpoint. */
  readonly #seen = new Map<string, number>();

  constructor(
    readonly organization: SampleOrganization,
    private readonly gateway: GatewayBehavior,
  ) {
    this.record = new AccessRecord(organization);
  }

  readonly transport: Transport = {
    send: ({ method, url, headers, body = '', signal }) =>
      new Promise((resolve, reject) => {
        signal.throwIfAborted();
        const { path, query } = splitTarget(url.slice(new URL(url).origin.length));
        const checkpoint = /\/checkpoints\/([^/]+)\/permissions/.exec(path)?.[1];
        const request: SampleRequest = { method, path, query, headers, body };
        const pending: PendingRequest = {
          request,
          checkpoint: checkpoint === undefined ? undefined : decodeURIComponent(checkpoint),
          answer: undefined,
          resolve,
          reject,
        };
        this.counts.requests += 1;
        this.pending.push(pending);
        signal.addEventListener('abort', () => {
          this.#take(pending);
          reject(signal.reason);
        });
      }),
  };

  /** The oldest moment that a list of a checkpoint can be from when it is asked for now. */
  oldest(checkpoint: string): number {
    const { lag } = this.gateway;
    return Math.max(1, this.#seen.get(checkpoint) ?? 0, this.record.moment - lag);
  }

  /** Has a request processed, which is answered later. `lag`: from 0 to 1. */
  process(index: number, lag: number): void {
    const pending = this.pending[index];
    if (pending) pending.answer ??= this.#answer(pending, lag);
  }

  /** Answers a request, with what was processed before. */
  deliver(index: number, lag: number): void {
    const pending = this.pending[index];
    if (!pending) return;
    this.process(index, lag);
    this.#take(pending);
    if (pending.answer) pending.resolve(pending.answer);
  }

  /** Loses the answer to a request: the connection breaks, or a gateway answers instead. */
  lose(index: number, how: 'connection' | 'gateway'): void {
    const pending = this.pending[index];
    if (!pending) return;
    this.counts.lost += 1;
    this.#take(pending);
    if (how === 'connection') pending.reject(Object.assign(new Error('Lost.'), { code: 'ECONNRESET' }));
    else pending.resolve({ status: 502, headers: { 'content-type': 'text/html' }, body: '<h1>Bad</h1>' });
  }

  #take(pending: PendingRequest): void {
    const index = this.pending.indexOf(pending);
    if (index >= 0) this.pending.splice(index, 1);
  }

  #answer({ request, checkpoint }: PendingRequest, lag: number): TransportResponse {
    this.record.note();
    const { faults, pageSize } = this.gateway;
    const query = new URLSearchParams(request.query);
    query.set('limit', String(pageSize));
    const ask = (asked: SampleRequest) =>
      this.#listed(checkpoint, lag, () => this.organization.answer(asked));
    let asked: SampleRequest = { ...request, query };
    for (const fault of faults) asked = fault.ask?.(asked) ?? asked;
    let answer = ask(asked);
    for (const fault of faults) answer = fault.answer?.(answer, { request, ask }) ?? answer;
    return answer;
  }

  /** Answers from a list that may lag, or is shuffled. */
  #listed<T>(checkpoint: string | undefined, lag: number, answer: () => T): T {
    const found = checkpoint === undefined ? undefined : this.organization.state.checkpoints.get(checkpoint);
    const { isShuffled, endsAtLostCursor } = this.gateway;
    if (!found || checkpoint === undefined) return answer();
    const { moment } = this.record;
    const oldest = this.oldest(checkpoint);
    const seen = oldest + Math.round((moment - oldest) * (1 - lag));
    this.#seen.set(checkpoint, seen);
    const rows = this.record.at(checkpoint, seen);
    if (rows !== this.record.at(checkpoint, moment)) this.counts.lagged += 1;
    const { permissions } = found;
    const view = isShuffled ? new ShuffledIndex() : new PermissionIndex();
    if (endsAtLostCursor) endAtLostCursor(view);
    for (const row of rows) view.add(row);
    Object.assign(found, { permissions: view });
    try {
      return answer();
    } finally {
      Object.assign(found, { permissions });
    }
  }
}

/** A list in an order that has nothing to do with time, but is always the same. */
class ShuffledIndex extends PermissionIndex {
  override page({ after, limit, projectID }: Parameters<PermissionIndex['page']>[0]) {
    const rows = this.all()
      .filter(({ project_id }) => projectID === undefined || project_id === projectID)
      .sort((one, other) => (hash(one.id) < hash(other.id) ? -1 : 1));
    const from = after === undefined ? 0 : rows.findIndex(({ id }) => id === after) + 1;
    if (after !== undefined && from === 0) return undefined;
    return { data: rows.slice(from, from + limit), hasMore: from + limit < rows.length };
  }
}

function endAtLostCursor(view: PermissionIndex): void {
  const page = view.page.bind(view);
  view.page = (query) => page(query) ?? { data: [], hasMore: false };
}

/** A number for an ID, the same each time. */
export function hash(id: string): number {
  let sum = 0;
  for (const letter of id) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 1_000_003;
  return sum;
}
