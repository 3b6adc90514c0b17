import {
  APIConnectionError,
  APIConnectionTimeoutError,
  type APIError,
  type ConnectionFailure,
  UnexpectedAnswerError,
} from './errors';
import { presentable } from './redact';
import type { TransportFailure } from './transport';

const KINDS: readonly (readonly [ConnectionFailure, RegExp, string])[] = [
  ['proxyAuth', /^PROXY_AUTH/, 'the proxy asks for a user name and password'],
  ['proxy', /^PROXY_/, 'the proxy did not open a connection'],
  ['refused', /^ECONNREFUSED$/, 'the connection was refused'],
  ['dns', /^(?:ENOTFOUND|EAI_|ENODATA|ESERVFAIL|EADDRINFO)/, 'the name of the host was not found'],
  ['timeout', /TIMEDOUT$|TIMEOUT$/, 'nothing answered in time'],
  [
    'reset',
    /^(?:ECONNRESET|EPIPE|ECONNABORTED|UND_ERR_SOCKET|UND_ERR_RES_CONTENT)/,
    'the connection was lost',
  ],
  ['unreachable', /^E(?:HOST|NET|ADDR)/, 'the host cannot be reached'],
  [
    'certificate',
    /CERT|^UNABLE_TO_|^SELF_SIGNED|CRL|^INVALID_CA|^HOSTNAME_MISMATCH/,
    'its certificate is not trusted',
  ],
  ['tls', /^(?:ERR_SSL|EPROTO|ERR_TLS|ERR_OSSL)/, 'no secure connection could be agreed on'],
  ['protocol', /^(?:HPE_|UND_ERR_HEADERS_OVERFLOW)/, 'what answered does not speak HTTP as expected'],
];

const NEVER_SENT =
  /^(?:ECONNREFUSED|ENOTFOUND|EAI_\w+|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT|PROXY_\w+)$/;

/** The first code down the chain of causes: wrappers such as fetch's `TypeError` have none of their own. */
function codeOf(error: unknown, depth = 0): string | undefined {
  const { code, cause, errors } = (error ?? {}) as TransportFailure & { errors?: unknown[] };
  if (typeof code === 'string') return code;
  return depth < 4 && (cause || errors) ? codeOf(cause ?? errors?.[0], depth + 1) : undefined;
}

/** Whether the request may have reached the server before the transport failed. True when in doubt. */
export function wasSent(error: unknown): boolean {
  const known = (error as TransportFailure | undefined)?.sent;
  return known ?? !NEVER_SENT.test(codeOf(error) ?? '');
}

/** A copy of an error and its causes with texts redacted and nothing else: originals may hold sockets and headers. */
function redactedCopy(error: unknown, secrets: readonly (string | undefined)[], depth = 0): Error {
  const from = error instanceof Error ? error : new Error(String(error));
  const copy = new Error(presentable(from.message, secrets));
  const code = codeOf(from);
  Object.defineProperty(copy, 'name', { value: presentable(from.name, secrets, 80) });
  if (code) Object.assign(copy, { code });
  if (from.cause !== undefined && depth < 4) copy.cause = redactedCopy(from.cause, secrets, depth + 1);
  return copy;
}

/** The error for a transport that brought no answer from `host`, told apart by `code` (see {@link Transport}). */
export function connectionError(
  error: unknown,
  host: string,
  secrets: readonly (string | undefined)[],
): APIError {
  const code = codeOf(error);
  const cause = redactedCopy(error, secrets);
  if (code === 'UND_ERR_RES_EXCEEDED_MAX_SIZE')
    return new UnexpectedAnswerError(
      'too-large',
      'The server sent an answer that is too large to be one of this API.',
    );
  const [kind, , words] =
    KINDS.find(([, codes]) => codes.test(code ?? '')) ?? (['other', /$/, cause.message] as const);
  const message = `No answer from ${host}: ${words}${code ? ` (${code})` : ''}.`;
  return kind === 'timeout'
    ? new APIConnectionTimeoutError({ message, cause, code })
    : new APIConnectionError({ message, cause, kind, code });
}
