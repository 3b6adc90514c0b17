/** Content of `error`: an object, or bare text as seen in the field (docs/api.md#the-shape-of-an-error). */
export type ErrorField =
  | string
  | {
      readonly message: string;
      readonly type: string;
      readonly param: string | null;
      readonly code: string | null;
    };

/** Thrown for a refused request. The router responds with it. */
export class ErrorResponse extends Error {
  constructor(
    readonly status: number,
    readonly error: ErrorField,
  ) {
    super(typeof error === 'string' ? error : error.message);
  }
}

/** An error response in the API's usual form. `param` is the invalid input, if any. */
export function errorResponse(
  status: number,
  message: string,
  param: string | null = null,
  code: string | null = null,
): ErrorResponse {
  return new ErrorResponse(status, { message, type: 'invalid_request_error', param, code });
}

/**
 * The 500 for an `ftckpt_…` ID, as seen in the field
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
