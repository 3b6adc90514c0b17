/** What the API puts under `error`: an object, or in the field also bare text (docs/api.md#the-shape-of-an-error). */
export type ErrorBody =
  | string
  | {
      readonly message: string;
      readonly type: string;
      readonly param: string | null;
      readonly code: string | null;
    };

/** Thrown wherever a request turns out to be wrong; the router answers with it. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly error: ErrorBody,
  ) {
    super(typeof error === 'string' ? error : error.message);
  }
}

/** A refusal in the API's usual form. `param` is the input at fault, where there is one. */
export function refusal(
  status: number,
  message: string,
  param: string | null = null,
  code: string | null = null,
): Refusal {
  return new Refusal(status, { message, type: 'invalid_request_error', param, code });
}

/**
 * The 500 that an `ftckpt_…` id meets in the field
 * (docs/api.md#the-path-takes-a-model-id-and-not-a-checkpoint-object-id).
 */
export function serverFailure(): Refusal {
  return new Refusal(500, {
    message: 'The server had an error while processing your request. Sorry about that!',
    type: 'server_error',
    param: null,
    code: null,
  });
}
