import type { TransportRequest, TransportResponse } from '../transport';
import { textOf, tooLarge } from './body';

/** Reads a body up to a limit, in bytes. `fetch` has decompressed it. */
async function bodyOf(response: Response, maxBodySize: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  // Leaving the loop by the error cancels the stream.
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    if (size > maxBodySize) throw tooLarge();
    chunks.push(chunk);
  }
  return textOf(Buffer.concat(chunks));
}

/**
 * Sends a request through the host's own `fetch`. Follows no redirect. Rejects with a {@link
 * TransportFailure}.
 */
export async function sendByFetch(
  fetch: typeof globalThis.fetch,
  { method, url, headers, body, signal }: TransportRequest,
  maxBodySize: number,
): Promise<TransportResponse> {
  const response = await fetch(url, {
    method,
    headers: { ...headers },
    body: body ?? null,
    signal,
    redirect: 'manual',
    credentials: 'omit',
  }).catch((cause: unknown) => {
    if (!surelyNotSent(cause)) throw cause;
    throw Object.assign(new Error((cause as Error).message, { cause }), { sent: false });
  });
  // The standard hides the status of a redirect that is not followed.
  if (response.type === 'opaqueredirect' && response.status === 0)
    return { status: 302, headers: {}, body: '' };
  return {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: await bodyOf(response, maxBodySize),
  };
}

/** Codes for a certificate that was refused before the request. `ERR_SSL_…` can come from the server after it. */
const refusedCertificate =
  /^(?:CERT_\w+|DEPTH_ZERO_SELF_SIGNED_CERT|ERR_TLS_CERT_ALTNAME_INVALID|HOSTNAME_MISMATCH|INVALID_(?:CA|PURPOSE)|PATH_LENGTH_EXCEEDED|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_\w+)$/;

/**
 * Names of Chromium for a request without a connection. The editor can use its network for `fetch`. Left out are
 * `ERR_ADDRESS_UNREACHABLE` and `ERR_INTERNET_DISCONNECTED`, because an established connection fails with them, too.
 */
const unconnected =
  /\bnet::ERR_(?:NAME_(?:NOT_RESOLVED|RESOLUTION_FAILED)|CERT_[A-Z_]+|CONNECTION_(?:REFUSED|FAILED|TIMED_OUT)|PROXY_(?:CONNECTION_FAILED|CERTIFICATE_INVALID|AUTH_[A-Z_]+)|TUNNEL_CONNECTION_FAILED|MANDATORY_PROXY_CONFIGURATION_FAILED)\b/;

/** Whether `fetch` failed before it had a connection. False when in doubt. */
function surelyNotSent(error: unknown, depth = 0): boolean {
  const { code, syscall, errors, cause, message } = (error ?? {}) as FetchFailure;
  // One for each address that was tried.
  if (Array.isArray(errors))
    return depth < 4 && errors.length > 0 && errors.every((each) => surelyNotSent(each, depth + 1));
  if (syscall !== undefined) return syscall === 'connect' || syscall === 'getaddrinfo';
  if (typeof code === 'string') return code === 'UND_ERR_CONNECT_TIMEOUT' || refusedCertificate.test(code);
  if (String(message).includes('net::')) return unconnected.test(String(message));
  return depth < 4 && cause !== undefined && surelyNotSent(cause, depth + 1);
}

/** What a failure of `fetch` or one of its causes may tell. */
interface FetchFailure {
  readonly code?: unknown;
  readonly syscall?: unknown;
  readonly errors?: unknown;
  readonly cause?: unknown;
  readonly message?: unknown;
}
