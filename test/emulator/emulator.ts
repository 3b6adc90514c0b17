import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import {
  createSampleOrganization,
  type SampleAnswer,
  type SampleOrganization,
  type SampleOrganizationOptions,
  type SampleRequest,
} from '../../src/sample';
import { splitTarget } from '../../src/sample/answers/exchange';
import { type Clock, systemClock } from './clock';
import { deliver } from './delivery';
import type { Fault } from './faults';
import { tooManyRequests } from './faults/faults';
import { Gate } from './gate';
import { answerAsLegacyGateway } from './legacyGateway';
import { openRecord } from './openRecord';
import type { RateLimiter } from './rateLimit';
import { RequestLog } from './requestLog';
import { type Matcher, matches, type OpenRecord, type RequestRecord } from './requestRecord';

export interface EmulatorOptions {
  /** Default: a new one with test keys. */
  readonly organization?: SampleOrganization;
  /** Creates the default organization, with the emulator's keys and clock. Default: `createSampleOrganization`. */
  readonly create?: (options: Partial<SampleOrganizationOptions>) => SampleOrganization;
  /** The admin API key of the default organization. Default: a new `test-admin-key-N`. */
  readonly adminAPIKey?: string;
  /** Also the clock of the default organization. Default: the system's. */
  readonly clock?: Clock;
  /** Milliseconds before each response. Default: 0. */
  readonly latency?: number;
  readonly limiter?: RateLimiter;
  /** Serves deletes only at the path of the 2025 spec. */
  readonly legacyDeletePath?: boolean;
  /** Default: any free port. */
  readonly port?: number;
}

/** One request in flight. */
interface Exchange {
  readonly record: OpenRecord;
  readonly response: ServerResponse;
  /** Aborts when the client is gone. */
  readonly gone: AbortController;
  /** The emulator ended it early. */
  cut: boolean;
}

interface PlannedFault {
  readonly matcher: Matcher | undefined;
  readonly fault: Fault;
  left: number;
}

/** Starts an organization on a loopback port. Callers must stop it. */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const emulator = new Emulator(options);
  await emulator.listen(options.port ?? 0);
  return emulator;
}

/**
 * Number of emulators, for unique keys. Ports are reused, and a client keeps the rate limit of an origin and key after
 * its emulator has stopped.
 */
let emulators = 0;

/** The organization over HTTP, with faults, gates, and a record of requests. */
export class Emulator {
  readonly organization: SampleOrganization;
  readonly adminAPIKey: string;
  readonly projectAPIKey: string;
  /** Changes take effect with the next request. */
  latency: number;
  limiter: RateLimiter | undefined;
  readonly #clock: Clock;
  readonly #legacyDeletePath: boolean;
  readonly #server = createServer((request, response) => void this.#handle(request, response));
  readonly #log = new RequestLog();
  readonly #open = new Set<Exchange>();
  #faults: PlannedFault[] = [];
  #gates: Gate[] = [];
  #connections = 0;
  #port = 0;

  constructor(options: EmulatorOptions) {
    this.#clock = options.clock ?? systemClock;
    const { create = createSampleOrganization } = options;
    this.organization =
      options.organization ??
      create({
        adminAPIKey: options.adminAPIKey ?? `test-admin-key-${++emulators}`,
        projectAPIKey: 'test-project-key',
        now: this.#clock.now,
      });
    this.adminAPIKey = this.organization.adminAPIKey;
    this.projectAPIKey = this.organization.projectAPIKey;
    this.#listOwnKey();
    this.latency = options.latency ?? 0;
    this.limiter = options.limiter;
    this.#legacyDeletePath = options.legacyDeletePath ?? false;
    this.#server.on('connection', () => {
      this.#connections += 1;
    });
  }

  get origin(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  get baseURL(): string {
    return `${this.origin}/v1`;
  }

  /** Every request since the start or the last reset, in the order of arrival. */
  get requests(): readonly RequestRecord[] {
    return this.#log.records;
  }

  get inFlight(): number {
    return this.#log.inFlight;
  }

  get mostInFlight(): number {
    return this.#log.mostInFlight;
  }

  /** Number of connections since the start. */
  get connections(): number {
    return this.#connections;
  }

  async listen(port: number): Promise<void> {
    this.#server.listen(port, '127.0.0.1');
    await once(this.#server, 'listening');
    this.#port = (this.#server.address() as AddressInfo).port;
  }

  /**
   * Injects a fault into matching requests, `times` times or always. The latest matching fault that is not used up
   * wins.
   */
  fail(matcher: Matcher | undefined, fault: Fault, times = Number.POSITIVE_INFINITY): void {
    this.#faults.unshift({ matcher, fault, left: times });
  }

  /** The admin key loses these scopes, for example `api.fine_tuning.checkpoints.write`, until the next reset. */
  removeScopes(...scopes: readonly string[]): void {
    const key = this.organization.state.keys.get(this.adminAPIKey);
    if (key) key.missingScopes = [...key.missingScopes, ...scopes];
  }

  /** The list of admin API keys gives this expiry for the key in use, in milliseconds since 1970, until the next reset. */
  setKeyExpiry(at: number | null): void {
    const [own] = this.organization.state.adminAPIKeys;
    if (own) own.expires_at = at === null ? null : Math.floor(at / 1000);
  }

  /** Keeps matching requests pending, before the organization or (`processed`) before the response. */
  hold(matcher?: Matcher, at: 'arrived' | 'processed' = 'arrived'): Gate {
    const gate = new Gate(matcher, at);
    this.#gates.push(gate);
    return gate;
  }

  /** Opens every gate. */
  release(): void {
    for (const gate of this.#gates.splice(0)) gate.release();
  }

  /** Resolves to the matching requests when `count` have arrived. */
  requested(count: number, matcher?: Matcher): Promise<readonly RequestRecord[]> {
    return this.#log.arrived(count, matcher);
  }

  /** Resolves to the matching requests that have ended in any way, when there are `count`. */
  ended(count: number, matcher?: Matcher): Promise<readonly RequestRecord[]> {
    return this.#log.ended(count, matcher);
  }

  /** Resolves when no request is in flight. */
  idle(): Promise<void> {
    return this.#log.idle();
  }

  /** Resets organization, faults, gates, limits and record. Cuts requests in flight. */
  reset(): void {
    this.#clear('The emulator was reset.');
    this.organization.reset();
    this.#listOwnKey();
    this.limiter?.reset();
  }

  /** The first listed admin key is the one in use, and looks like it. */
  #listOwnKey(): void {
    const key = this.adminAPIKey;
    const [own] = this.organization.state.adminAPIKeys;
    if (own) own.redacted_value = `${key.slice(0, 8)}...${key.slice(-3)}`;
  }

  /** Closes the port and every connection. Rejects pending waits for requests. */
  async stop(): Promise<void> {
    this.#clear('The emulator was stopped.');
    if (!this.#server.listening) return;
    this.#server.close();
    this.#server.closeAllConnections();
    await once(this.#server, 'close');
  }

  #clear(reason: string): void {
    this.#faults = [];
    for (const exchange of this.#open) {
      // Completely handed over. Destroying it would only close the client's keep-alive connection.
      if (exchange.response.writableEnded) continue;
      exchange.cut = true;
      exchange.gone.abort();
      exchange.response.destroy();
    }
    this.release();
    this.#log.clear(reason);
  }

  async #handle(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const started = performance.now();
    const ended = once(response, 'close');
    // A client that disconnects is an outcome to record, not an error.
    incoming.on('error', () => undefined);
    response.on('error', () => undefined);
    let body: string;
    try {
      body = await text(incoming);
    } catch {
      return;
    }
    const request = toRequest(incoming, body);
    const record = openRecord(this.requests.length + 1, request, this.organization);
    const exchange: Exchange = { record, response, gone: new AbortController(), cut: false };
    const fault = this.#nextFault(record);
    record.fault = fault?.name;
    this.#open.add(exchange);
    void ended.then(() => {
      this.#open.delete(exchange);
      exchange.gone.abort();
      const outcome = response.writableFinished ? 'answered' : exchange.cut ? 'cut' : 'abandoned';
      this.#log.end(record, outcome, performance.now() - started);
    });
    this.#log.add(record);
    try {
      await this.#respond(exchange, request, fault);
    } catch (error) {
      if (!exchange.gone.signal.aborted) throw error;
    }
  }

  async #respond(exchange: Exchange, request: SampleRequest, fault: Fault | undefined): Promise<void> {
    const { record, response } = exchange;
    const gone = exchange.gone.signal;
    const answer = await this.#answer(request, record, fault, gone);
    gone.throwIfAborted();
    const delivery = fault?.delivery;
    if (delivery?.kind !== 'nothing') record.status = answer.status;
    exchange.cut = delivery !== undefined && 'ending' in delivery && delivery.ending !== 'hang';
    await deliver(response, answer, delivery, this.#clock, gone);
  }

  async #answer(
    request: SampleRequest,
    record: OpenRecord,
    fault: Fault | undefined,
    gone: AbortSignal,
  ): Promise<SampleAnswer> {
    for (const gate of [...this.#gates]) await gate.pass(record, 'arrived', gone);
    if (this.latency > 0) await this.#clock.delay(this.latency, gone);
    gone.throwIfAborted();
    const nothing: SampleAnswer = { status: 500, headers: {}, body: '' };
    const limited = this.limiter && !this.limiter.take(record.endpoint ?? record.path);
    if (limited) return tooManyRequests().answer?.(nothing, { request, ask: () => nothing }) ?? nothing;
    const ask = (asked: SampleRequest) => this.#ask(asked);
    record.processed = fault?.processed ?? true;
    const answer = record.processed ? ask(fault?.ask?.(request) ?? request) : nothing;
    for (const gate of [...this.#gates]) await gate.pass(record, 'processed', gone);
    return fault?.answer?.(answer, { request, ask }) ?? answer;
  }

  #ask(request: SampleRequest): SampleAnswer {
    return this.#legacyDeletePath
      ? answerAsLegacyGateway(this.organization, request)
      : this.organization.answer(request);
  }

  #nextFault(record: RequestRecord): Fault | undefined {
    const planned = this.#faults.find(({ matcher, left }) => left > 0 && matches(matcher, record));
    if (planned) planned.left -= 1;
    return planned?.fault;
  }
}

function toRequest(incoming: IncomingMessage, body: string): SampleRequest {
  const headers = Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]);
  return {
    method: incoming.method ?? '',
    ...splitTarget(incoming.url ?? ''),
    headers: Object.fromEntries(headers),
    body,
  };
}
