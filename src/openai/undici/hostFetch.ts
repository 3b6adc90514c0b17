import type { TransportRequest, TransportResponse } from '../transport';

/** Reads a body up to a limit, in bytes. */
async function textOf(response: Response, maxBodySize: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  // Leaving the loop by the error cancels the stream.
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    if (size > maxBodySize)
      throw Object.assign(new Error('Response exceeds its limit.'), {
        code: 'UND_ERR_RES_EXCEEDED_MAX_SIZE',
      });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
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
    body: await textOf(response, maxBodySize),
  };
}

const notSent =
  /^(?:ECONNREFUSED|ENOTFOUND|EAI_\w+|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT)$|CERT|SIGNED|UNABLE_TO/;
/** Names of Chromium, whose network the editor can use for `fetch`. */
const notSentByChromium =
  /net::ERR_(?:NAME_|PROXY_|TUNNEL_|CERT_|ADDRESS_|INTERNET_DISCONNECTED|CONNECTION_(?:REFUSED|FAILED|TIMED_OUT))/;

/** Whether `fetch` failed before it had a connection. False when in doubt. */
function surelyNotSent(error: unknown): boolean {
  const { code, cause, message } = (error ?? {}) as Error & { code?: unknown; cause?: { code?: unknown } };
  return notSent.test(String(cause?.code ?? code)) || notSentByChromium.test(String(message));
}
