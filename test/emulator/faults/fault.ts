import type { SampleAnswer, SampleRequest } from '../../../src/sample';

/**
 * A fault of one request, in three independent parts: whether the organization sees the request, the response, and its
 * delivery.
 */
export interface Fault {
  /** For the request's record and for test titles. */
  readonly name: string;
  /** Whether the organization sees the request, and may change. */
  readonly processed: boolean;
  /** Changes the request to the organization. */
  readonly ask?: (request: SampleRequest) => SampleRequest;
  /** Replaces the response. Required for a fault that is not processed, unless nothing is delivered. */
  readonly answer?: (answer: SampleAnswer, context: FaultContext) => SampleAnswer;
  /** Default: the complete response. */
  readonly delivery?: Delivery;
}

export interface FaultContext {
  readonly request: SampleRequest;
  /** Sends another request to the organization, for a fault that needs more than the response. */
  ask(request: SampleRequest): SampleAnswer;
}

export type Ending =
  /** The connection stays open and silent. */
  | 'hang'
  /** A TCP reset. */
  | 'reset'
  /** A TCP close in good order. */
  | 'close';

export type Delivery =
  /** Not even a status line. */
  | { readonly kind: 'nothing'; readonly ending: Ending }
  /** Status, headers, and half of the announced body. */
  | { readonly kind: 'half'; readonly ending: Ending }
  /** The complete response, `bytes` of the body at a time, with a pause of `every` milliseconds before each. */
  | { readonly kind: 'drip'; readonly bytes: number; readonly every: number }
  /** The body padded with spaces to `bytes`, with or without a `content-length`. */
  | { readonly kind: 'padded'; readonly bytes: number; readonly announced: boolean };
