import type { SampleAnswer, SampleRequest } from '../../../src/sample';

/**
 * Something that goes wrong with one request, in three parts that combine freely: whether the organization sees the
 * request, what is answered, and how the answer is delivered.
 */
export interface Fault {
  /** Says what it does, for the request's record and for test titles. */
  readonly name: string;
  /** The organization sees the request and may change, whatever the client learns of it. */
  readonly processed: boolean;
  /** Changes what the organization is asked. */
  readonly ask?: (request: SampleRequest) => SampleRequest;
  /** Replaces the answer. A fault that is not processed must have one, unless nothing is delivered. */
  readonly answer?: (answer: SampleAnswer, context: FaultContext) => SampleAnswer;
  /** Whole when left out. */
  readonly delivery?: Delivery;
}

export interface FaultContext {
  readonly request: SampleRequest;
  /** Asks the organization something else, for a fault that needs to know more than the answer. */
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
  /** Status, headers and half of the body that they announce. */
  | { readonly kind: 'half'; readonly ending: Ending }
  /** The whole answer, so many bytes of the body at a time, with a pause of so many milliseconds before each. */
  | { readonly kind: 'drip'; readonly bytes: number; readonly every: number }
  /** The body followed by white space up to so many bytes; announced by `content-length` or not. */
  | { readonly kind: 'padded'; readonly bytes: number; readonly announced: boolean };
