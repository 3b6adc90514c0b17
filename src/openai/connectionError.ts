import { presentable } from '../text/redact';
import {
  APIConnectionError,
  APIConnectionTimeoutError,
  type APIError,
  type ConnectionFailure,
  UnexpectedResponseError,
} from './errors';
import { certificateCode, tlsCode } from './tlsCodes';
import type { TransportFailure } from './transport';

/** Codes of Node and undici, and from `ERR_` on those of Chromium, which `fetch` may use. */
const kinds: readonly (readonly [ConnectionFailure, RegExp])[] = [
  ['proxyAuth', /^(?:ERR_)?PROXY_AUTH/],
  ['proxy', /^(?:ERR_)?(?:PROXY|TUNNEL|MANDATORY_PROXY)_/],
  ['refused', /^E(?:RR_CONNECTION_|CONN)REFUSED$/],
  ['notLoopback', /^NOT_LOOPBACK$/],
  ['dns', /^(?:ENOTFOUND|EAI_|ENODATA|ESERVFAIL|EADDRINFO|ERR_NAME_)/],
  ['timeout', /TIMED_?OUT$|TIMEOUT$/],
  [
    'reset',
    /^(?:ECONNRESET|EPIPE|ECONNABORTED|UND_ERR_SOCKET|UND_ERR_RES_CONTENT|ERR_(?:CONNECTION|EMPTY|NETWORK_CHANGED))/,
  ],
  ['unreachable', /^(?:E(?:HOST|NET|ADDR)|ERR_(?:ADDRESS|INTERNET))/],
  ['certificate', certificateCode],
  ['tls', tlsCode],
  ['protocol', /^(?:HPE_|UND_ERR_HEADERS_OVERFLOW)/],
];

const codePattern = /^[A-Z]\w{0,63}$/;
const chromiumCode = /\bnet::(ERR_[A-Z_]{1,60})/;
const filePath = /(?:\bfile:\/\/|\b[a-z]:|(?<![\w:/.]))(?:[\\/][^\\/\s'"`:;,()]{1,300}){2,200}/gi;

/**
 * The first code in the chain of causes. Wrappers such as the `TypeError` of `fetch` have no code of their
 * own.
 */
function codeOf(error: unknown, depth = 0): string | undefined {
  const { code, cause, errors, message } = (error ?? {}) as TransportFailure & { errors?: unknown[] };
  if (typeof code === 'string' && codePattern.test(code)) return code;
  const ofChromium = chromiumCode.exec(String(message))?.[1];
  if (ofChromium) return ofChromium;
  return depth < 4 && (cause || errors) ? codeOf(cause ?? errors?.[0], depth + 1) : undefined;
}

/**
 * Whether the request may have reached the server before the transport failed. Only the transport can tell that it did
 * not. No code can, because an established connection fails with the codes of a refused one, too.
 */
export function wasSent(error: unknown): boolean {
  return (error as TransportFailure | undefined)?.sent !== false;
}

/** A copy of an error and its causes with redacted messages. Originals may hold sockets and headers. */
function redactedCopy(error: unknown, secrets: readonly (string | undefined)[], depth = 0): Error {
  const from = error instanceof Error ? error : new Error(String(error));
  const copy = new Error(presentable(from.message, secrets));
  const code = codeOf(from);
  Object.defineProperty(copy, 'name', { value: presentable(from.name, secrets, 80) });
  if (code) Object.assign(copy, { code });
  if (from.cause !== undefined && depth < 4) copy.cause = redactedCopy(from.cause, secrets, depth + 1);
  return copy;
}

/**
 * The error for a transport that got no response from `host`, classified by `code` (see {@link Transport}).
 */
export function connectionError(
  error: unknown,
  host: string,
  secrets: readonly (string | undefined)[],
): APIError {
  const code = codeOf(error);
  const cause = redactedCopy(error, secrets);
  if (code === 'UND_ERR_RES_EXCEEDED_MAX_SIZE') return new UnexpectedResponseError('too-large');
  const kind = kinds.find(([, codes]) => codes.test(code ?? ''))?.[0];
  if (kind === 'timeout') return new APIConnectionTimeoutError({ cause, code, host });
  return kind === undefined
    ? new APIConnectionError({ cause, code, host, transportMessage: cause.message.replace(filePath, '…') })
    : new APIConnectionError({ cause, code, host, kind });
}
