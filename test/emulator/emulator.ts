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
  /** One with keys for tests when left out. */
  readonly organization?: SampleOrganization;
  /** Makes that one, with the emulator's keys and clock; `createSampleOrganization` when left out. */
  readonly create?: (options: Partial<SampleOrganizationOptions>) => SampleOrganization;
  /** The key the emulator's own organization accepts on admin endpoints; `test-admin-key` when left out. */
  readonly adminAPIKey?: string;
  /** The system's when left out. Also the clock of the emulator's own organization. */
  readonly clock?: Clock;
  /** Milliseconds before each answer; none when left out. */
  readonly latency?: number;
  readonly limiter?: RateLimiter;
  /** Serves deletes at the path of the 2025 spec, and only there. */
  readonly legacyDeletePath?: boolean;
  /** Any free one when left out. */
  readonly port?: number;
}

/** One request between its arrival and its end. */
interface Exchange {
  readonly record: OpenRecord;
  readonly response: ServerResponse;
  /** Aborts when there is nobody left to answer. */
  readonly gone: AbortController;
  /** The emulator itself ended it before its time. */
  cut: boolean;
}

interface PlannedFault {
  readonly matcher: Matcher | undefined;
  readonly fault: Fault;
  left: number;
}

/** Starts an organization on a loopback port. Stop it in the end. */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const emulator = new Emulator(options);
  await emulator.listen(options.port ?? 0);
  return emulator;
}

/**
 * Each has a key of its own: ports come again, and a client keeps what it learnt of the rate limit for an origin and a
 * key, also after the emulator that taught it has gone.
 */
let emulators = 0;

/** The organization over HTTP, with faults, gates, and a record of all that came. */
export class Emulator {
  readonly organization: SampleOrganization;
  readonly adminAPIKey: string;
  readonly projectAPIKey: string;
  /** Changes take effect from the next request on. */
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

  /** How many connections were ever made to it. */
  get connections(): number {
    return this.#connections;
  }

  async listen(port: number): Promise<void> {
    this.#server.listen(port, '127.0.0.1');
    await once(this.#server, 'listening');
    this.#port = (this.#server.address() as AddressInfo).port;
  }

  /**
   * Lets matching requests meet a fault: so many times, or always. Of several that match, the one planned last and
   * not used up counts.
   */
  fail(matcher: Matcher | undefined, fault: Fault, times = Number.POSITIVE_INFINITY): void {
    this.#faults.unshift({ matcher, fault, left: times });
  }

  /** The admin key loses these scopes, for example `api.fine_tuning.checkpoints.write`, until the next reset. */
  removeScopes(...scopes: readonly string[]): void {
    const key = this.organization.state.keys.get(this.adminAPIKey);
    if (key) key.missingScopes = [...key.missingScopes, ...scopes];
  }

  /** Keeps matching requests pending, unseen by the organization or (`processed`) with their answer unsent. */
  hold(matcher?: Matcher, at: 'arrived' | 'processed' = 'arrived'): Gate {
    const gate = new Gate(matcher, at);
    this.#gates.push(gate);
    return gate;
  }

  /** Opens every gate. */
  release(): void {
    for (const gate of this.#gates.splice(0)) gate.release();
  }

  /** Resolves to the matching requests as soon as so many have come. */
  requested(count: number, matcher?: Matcher): Promise<readonly RequestRecord[]> {
    return this.#log.arrived(count, matcher);
  }

  /** Resolves to the matching requests that have ended in whatever way, as soon as they are so many. */
  ended(count: number, matcher?: Matcher): Promise<readonly RequestRecord[]> {
    return this.#log.ended(count, matcher);
  }

  /** Resolves when no request is in flight. */
  idle(): Promise<void> {
    return this.#log.idle();
  }

  /** Back to the beginning: organization, faults, gates, limits and record. Cuts what is in flight. */
  reset(): void {
    this.#clear('The emulator was reset.');
    this.organization.reset();
    this.limiter?.reset();
  }

  /** Closes the port and every connection. Whoever still waits for a request is told so. */
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
      // Handed over whole already: destroying it would only cost the client its kept-alive connection.
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
    // A client that goes away is an outcome to record, not an error.
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
