import { setImmediate as nextTurn } from 'node:timers/promises';
import { Catalog } from '../../../../src/access/catalog/catalog';
import { Organization } from '../../../../src/access/organization';
import { OpenAIAdmin } from '../../../../src/openai/index';
import type { Transport, TransportRequest, TransportResponse } from '../../../../src/openai/transport';
import { splitTarget } from '../../../../src/sample/answers/exchange';
import { createSampleOrganization, type SampleOrganization } from '../../../../src/sample/index';
import { keptInMemory } from '../support';

const model = 'ft:gpt-4o-mini-2024-07-18:harbor-labs:model:Zz9Yy8Xx';

interface Row {
  readonly id: string;
  readonly object: 'checkpoint.permission';
  readonly created_at: number;
  readonly project_id: string;
}

/** What happened on the server, and by whom: a window of ours by its name, or somebody else. */
export interface ServerEvent {
  readonly did: 'granted' | 'revoked';
  readonly by: string;
  readonly checkpoint: string;
  readonly permission: Row;
}

/** How often each kind of trouble occurred. */
export type Troubles = Record<
  | 'disorder'
  | 'lag'
  | 'lostAnswers'
  | 'halfBatches'
  | 'conflicts'
  | 'noDate'
  | 'ignoredFilters'
  | 'others'
  | 'jumps',
  number
>;

export const noTroubles = (): Troubles => ({
  disorder: 0,
  lag: 0,
  lostAnswers: 0,
  halfBatches: 0,
  conflicts: 0,
  noDate: 0,
  ignoredFilters: 0,
  others: 0,
  jumps: 0,
});

/**
 * By how much, in milliseconds, the others' changes are apart from the processing of our requests. Times of the API are
 * whole seconds, so what happens within two of them cannot be told apart by anybody but the audit log
 * (docs/decisions/0008-who-made-a-change.md).
 */
const apart = 2500;

/**
 * An organization behind a network and gateways that do everything wrong that they may, with a record of its own of who
 * did what when. Others act before, during and after each request. A list may lag, but never goes back in time.
 */
export class UnreliableServer {
  readonly events: ServerEvent[] = [];
  readonly checkpoints: readonly string[];
  readonly projects: readonly string[];
  /** The time of this computer, which may jump. */
  skew = 0;
  /** What list requests get until they are answered correctly again. */
  readonly #sample: SampleOrganization;
  #now = Date.UTC(2026, 10, 21);
  #lastActor = '';
  readonly #history = new Map<string, { at: number; rows: readonly Row[] }[]>();
  readonly #replicaAt = new Map<string, number>();
  readonly #isDisordered: boolean;
  readonly #ignoresFilter: boolean;
  readonly #pageSize: number;

  constructor(
    readonly roll: () => number,
    /** The probability of each trouble. */
    readonly trouble: number,
    readonly troubles: Troubles,
  ) {
    this.#sample = createSampleOrganization({ fill: () => undefined, now: this.now });
    this.checkpoints = [1, 2].map((step) => `${model}:ckpt-step-${step}`);
    for (const id of this.checkpoints) this.#sample.addCheckpoint(id);
    this.projects = [0, 1, 2, 3, 4].map((index) => this.#sample.state.addProject(`Project ${index}`).id);
    this.#isDisordered = this.happens();
    this.#ignoresFilter = this.happens();
    this.#pageSize = this.roll() < 0.3 ? 2 : 100;
    for (const checkpoint of this.checkpoints)
      for (const project of this.projects) if (this.roll() < 0.4) this.grant(checkpoint, project, 'others');
    this.pass(3_600_000);
  }

  readonly now = (): number => this.#now;
  readonly localNow = (): number => this.#now + this.skew;
  readonly steady = (): number => this.#now;

  happens(): boolean {
    return this.roll() < this.trouble;
  }

  pass(milliseconds: number): void {
    this.#now += milliseconds;
  }

  /** This computer's clock jumps, forward or back. */
  jump(): void {
    this.skew += Math.floor((this.roll() - 0.5) * 2 * 3_600_000);
    this.troubles.jumps += 1;
  }

  pick<T>(from: readonly T[]): T | undefined {
    return from[Math.floor(this.roll() * from.length)];
  }

  rows(checkpoint: string): readonly Row[] {
    return this.#sample.state.checkpoints.get(checkpoint)?.permissions.all() ?? [];
  }

  grant(checkpoint: string, project: string, by: string): void {
    const found = this.#sample.state.checkpoints.get(checkpoint);
    if (!found || found.permissions.ofProject(project).length > 0) return;
    this.#sample.state.addPermission(found, project);
    this.#note(
      checkpoint,
      by,
      this.rows(checkpoint).filter((row) => !this.#knows(row.id)),
      'granted',
    );
  }

  /** Somebody else grants or revokes something, some seconds apart from our requests. */
  othersAct(): void {
    const [checkpoint, project] = [this.pick(this.checkpoints), this.pick(this.projects)];
    if (!checkpoint || !project) return;
    this.#turn('others');
    const [row] = this.rows(checkpoint).filter(({ project_id }) => project_id === project);
    if (row) {
      this.#sample.state.checkpoints.get(checkpoint)?.permissions.remove(row.id);
      this.#note(checkpoint, 'others', [row], 'revoked');
    } else this.grant(checkpoint, project, 'others');
    this.troubles.others += 1;
  }

  /** A window of ours. */
  open(name: string): Organization {
    const { adminAPIKey, baseURL } = this.#sample;
    const client = new OpenAIAdmin({
      adminAPIKey,
      // Windows share no queue.
      baseURL,
      maxRetries: 1,
      transport: this.#transport(name),
      clock: {
        now: this.now,
        random: this.roll,
        sleep: async (milliseconds) => this.pass(milliseconds),
        timer: () => () => undefined,
      },
    });
    return new Organization({
      id: 'test',
      name,
      isSample: false,
      client,
      catalog: new Catalog(keptInMemory(this.checkpoints)),
      now: this.localNow,
    });
  }

  #knows(id: string): boolean {
    return this.events.some(({ permission }) => permission.id === id);
  }

  /** Those who act after another are some seconds apart. */
  #turn(actor: string): void {
    if (this.#lastActor !== actor) this.pass(apart);
    this.#lastActor = actor;
  }

  #note(checkpoint: string, by: string, rows: readonly Row[], did: ServerEvent['did']): void {
    for (const permission of rows) this.events.push({ did, by, checkpoint, permission });
    const history = this.#history.get(checkpoint) ?? [];
    history.push({ at: this.#now, rows: this.rows(checkpoint) });
    this.#history.set(checkpoint, history);
  }

  #maybeOthers(): void {
    if (this.roll() < this.trouble / 2) this.othersAct();
  }

  #transport(window: string): Transport {
    return {
      send: async (request) => {
        const [, checkpoint = ''] =
          /checkpoints\/([^/]+)\/permissions/.exec(decodeURIComponent(request.url)) ?? [];
        // Windows take turns between requests. Processing is of one moment, with the record of it.
        await nextTurn();
        this.#maybeOthers();
        const response =
          request.method === 'GET'
            ? this.#list(request, checkpoint)
            : this.#change(window, request, checkpoint);
        this.#maybeOthers();
        return response;
      },
    };
  }

  #lost(): never {
    this.troubles.lostAnswers += 1;
    throw Object.assign(new Error('reset'), { code: 'ECONNRESET', sent: true });
  }

  #change(window: string, request: TransportRequest, checkpoint: string): TransportResponse {
    if (this.happens()) this.pass(Math.floor(this.roll() * 8000));
    const isBad = this.happens();
    const how = isBad
      ? this.pick(['before', 'after', 'half', 'conflict', '500 before', '500 after', '403'] as const)
      : '';
    if (how === 'before') this.#lost();
    if (how === '500 before') return this.#error(500);
    if (how === '403') return this.#error(403);
    this.#turn(window);
    const before = this.rows(checkpoint);
    const isHalf = how === 'half' && request.method === 'POST';
    const response = this.#process(isHalf ? halfOf(request) : request);
    const after = this.rows(checkpoint);
    const [had, has] = [new Set(before.map(({ id }) => id)), new Set(after.map(({ id }) => id))];
    this.#note(
      checkpoint,
      window,
      after.filter(({ id }) => !had.has(id)),
      'granted',
    );
    this.#note(
      checkpoint,
      window,
      before.filter(({ id }) => !has.has(id)),
      'revoked',
    );
    // After the processing, so that what others do then is some seconds later.
    this.#maybeOthers();
    if (how === 'after') this.#lost();
    if (how === '500 after') return this.#error(500);
    if (isHalf) {
      this.troubles.halfBatches += 1;
      return this.#error(400);
    }
    if (how === 'conflict') {
      this.troubles.conflicts += 1;
      return this.#error(409);
    }
    return this.#dated(response);
  }

  #process({ method, url, headers, body = '' }: TransportRequest): TransportResponse {
    const { origin } = new URL(this.#sample.baseURL);
    return this.#sample.answer({ method, ...splitTarget(url.slice(origin.length)), headers, body });
  }

  #error(status: number): TransportResponse {
    const body = JSON.stringify({ error: { message: 'no', type: 'x', param: null, code: null } });
    return this.#dated({ status, headers: { 'content-type': 'application/json' }, body });
  }

  #dated({ status, headers, body }: TransportResponse): TransportResponse {
    const { date: _, ...others } = headers;
    if (this.happens()) {
      this.troubles.noDate += 1;
      return { status, headers: others, body };
    }
    return { status, headers: { ...others, date: new Date(this.#now).toUTCString() }, body };
  }

  #list(request: TransportRequest, checkpoint: string): TransportResponse {
    if (this.happens() && this.roll() < 0.3) return this.#error(500);
    const query = new URL(request.url).searchParams;
    const project = this.#ignoresFilter ? null : query.get('project_id');
    if (this.#ignoresFilter && query.get('project_id')) this.troubles.ignoredFilters += 1;
    let rows = [...this.#replica(checkpoint)].reverse();
    if (this.#isDisordered) {
      rows.sort((one, other) => (one.id < other.id ? -1 : 1));
      this.troubles.disorder += 1;
    }
    if (project !== null) rows = rows.filter(({ project_id }) => project_id === project);
    const after = query.get('after');
    const start = after === null ? 0 : rows.findIndex(({ id }) => id === after) + 1;
    if (after !== null && start === 0) return this.#error(400);
    const data = rows.slice(start, start + this.#pageSize);
    const page = {
      object: 'list',
      data,
      first_id: data[0]?.id ?? null,
      last_id: data.at(-1)?.id ?? null,
      has_more: start + this.#pageSize < rows.length,
    };
    const headers = { 'content-type': 'application/json' };
    return this.#dated({ status: 200, headers, body: JSON.stringify(page) });
  }

  /** The list of a replica that lags behind, and never goes back. */
  #replica(checkpoint: string): readonly Row[] {
    const lag = this.happens() ? Math.floor(this.roll() * 30_000) : 0;
    const at = Math.max(this.#replicaAt.get(checkpoint) ?? 0, this.#now - lag);
    this.#replicaAt.set(checkpoint, at);
    const shown = this.#history.get(checkpoint)?.findLast((state) => state.at <= at)?.rows ?? [];
    if (shown.length !== this.rows(checkpoint).length) this.troubles.lag += 1;
    return shown;
  }
}

function halfOf(request: TransportRequest): TransportRequest {
  const { project_ids } = JSON.parse(request.body ?? '{}') as { project_ids: string[] };
  return {
    ...request,
    body: JSON.stringify({ project_ids: project_ids.slice(0, Math.ceil(project_ids.length / 2)) }),
  };
}
