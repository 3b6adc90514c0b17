/** What the API puts under `error`: an object, or in the field also bare text (docs/api.md#the-shape-of-an-error). */
export type ErrorField =
  | string
  | {
      readonly message: string;
      readonly type: string;
      readonly param: string | null;
      readonly code: string | null;
    };

/** Thrown wherever a request turns out to be wrong; the router answers with it. */
export class ErrorResponse extends Error {
  constructor(
    readonly status: number,
    readonly error: ErrorField,
  ) {
    super(typeof error === 'string' ? error : error.message);
  }
}

/** An error response in the API's usual form. `param` is the input at fault, where there is one. */
export function errorResponse(
  status: number,
  message: string,
  param: string | null = null,
  code: string | null = null,
): ErrorResponse {
  return new ErrorResponse(status, { message, type: 'invalid_request_error', param, code });
}

/**
 * The 500 that an `ftckpt_…` id meets in the field
 * (docs/api.md#the-path-takes-a-model-id-and-not-a-checkpoint-object-id).
 */
export function serverError(): ErrorResponse {
  return new ErrorResponse(500, {
    message: 'The server had an error while processing your request. Sorry about that!',
    type: 'server_error',
    param: null,
    code: null,
  });
}
