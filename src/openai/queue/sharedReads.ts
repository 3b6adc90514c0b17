import type { RawResponse } from '../apiCall';
import { callHook } from '../attempt';
import type { Clock } from '../clock';
import { APIUserAbortError } from '../errors';
import type { RequestOptions, Waiting } from '../options';
import type { RequestQueue, Slot } from './queue';

interface Flight {
  response: Promise<RawResponse>;
  readonly slot: Slot;
  /** Missing when a caller came without a signal, who never leaves. */
  readonly stop: AbortController | undefined;
  readonly callers: Set<RequestOptions>;
  waiting?: Waiting;
}

/**
 * Identical reads under way at the same time are one request. Each caller may cancel for itself; the request ends when
 * the last one has. What a person asks for lifts a request that was begun in the background.
 */
export class SharedReads {
  #flights = new Map<string, Flight>();

  constructor(
    private readonly clock: Clock,
    private readonly queue: RequestQueue,
    private readonly onWait: RequestOptions['onWait'],
  ) {}

  /** After a change, nobody may join a read that began before it: it could show what was. */
  forget(): void {
    this.#flights = new Map();
  }

  /** Joins the read of this name, or begins it with `send`. */
  join(
    name: string,
    options: RequestOptions,
    send: (slot: Slot) => Promise<RawResponse>,
  ): Promise<RawResponse> {
    const flights = this.#flights;
    const flight = flights.get(name) ?? this.#begin(name, options, send);
    const { slot, callers, stop, waiting } = flight;
    const caller = { ...options };
    callers.add(caller);
    if (options.priority !== 'background' && slot.priority !== 'person') {
      slot.priority = 'person';
      this.queue.reorder();
    }
    const left = waiting ? waiting.until - this.clock.now() : 0;
    if (waiting && left > 0) callHook(options.onWait, { ...waiting, ms: left });
    const { signal } = options;
    if (!signal) return flight.response;
    return new Promise((resolve, reject) => {
      const leave = () => {
        reject(new APIUserAbortError());
        callers.delete(caller);
        if (callers.size) return;
        if (flights.get(name) === flight) flights.delete(name);
        stop?.abort(signal.reason);
      };
      signal.addEventListener('abort', leave, { once: true });
      flight.response.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave));
      if (signal.aborted) leave();
    });
  }

  #begin(name: string, options: RequestOptions, send: (slot: Slot) => Promise<RawResponse>): Flight {
    const flights = this.#flights;
    const stop = options.signal ? new AbortController() : undefined;
    const callers = new Set<RequestOptions>();
    const slot: Slot = {
      priority: options.priority ?? 'person',
      signal: stop?.signal,
      onWait: (waiting) => {
        flight.waiting = waiting;
        for (const { onWait } of callers) callHook(onWait, waiting);
        callHook(this.onWait, waiting);
      },
    };
    const flight: Flight = { slot, stop, callers, response: undefined as never };
    flights.set(name, flight);
    const ended = () => {
      if (flights.get(name) === flight) flights.delete(name);
    };
    flight.response = send(slot);
    // Callers that cancel are answered at once, so nobody but this may be left to hear how the request itself ended.
    flight.response.then(ended, ended);
    return flight;
  }
}
