import net from 'node:net';
import tls from 'node:tls';

export interface TunnelOptions {
  readonly proxy: URL;
  readonly authorization: string | undefined;
  /** Time limit for the response of the proxy, in milliseconds. */
  readonly timeout: number;
  readonly secureContext: tls.SecureContext | undefined;
  readonly strictSSL: boolean;
}

const longestHead = 16_384;

function failure(code: string, message: string): Error {
  return Object.assign(new Error(message), { code: `PROXY_${code}` });
}

/**
 * Opens a tunnel to `target` (`host:port`) through a proxy with CONNECT, and resolves to its socket. The
 * proxy support of undici retries forever when the proxy hangs up, and does not detect a 407.
 *
 * @throws an error whose code is `PROXY_AUTH_REQUIRED` for a 407, `PROXY_STATUS_…` for any other unsuccessful
 *   response, `PROXY_TIMEOUT`, `PROXY_CLOSED`, or `PROXY_` with the code of the socket failure.
 */
export function openTunnel(target: string, options: TunnelOptions): Promise<net.Socket> {
  const { proxy, authorization, timeout, secureContext, strictSSL } = options;
  const host = proxy.hostname.replace(/^\[|\]$/g, '');
  const isSecure = proxy.protocol === 'https:';
  const port = Number(proxy.port) || (isSecure ? 443 : 80);
  const socket = isSecure
    ? tls.connect({
        host,
        port,
        ...(!net.isIP(host) && { servername: host }),
        rejectUnauthorized: strictSSL,
        ...(secureContext && { secureContext }),
      })
    : net.connect({ host, port });

  return new Promise((resolve, reject) => {
    let head = '';
    const end = (error?: Error) => {
      clearTimeout(timer);
      socket.off('data', read).off('error', failed).off('close', closed);
      if (!error) return resolve(socket);
      socket.on('error', () => {}).destroy();
      reject(error);
    };
    const timer = setTimeout(() => end(failure('TIMEOUT', 'Proxy timed out.')), timeout);
    const failed = (error: NodeJS.ErrnoException) => end(failure(error.code ?? 'FAILED', error.message));
    const closed = () => end(failure('CLOSED', 'Proxy closed the connection.'));
    const read = (chunk: Buffer) => {
      head += chunk.toString('latin1');
      const end_ = head.indexOf('\r\n\r\n');
      if (end_ < 0 && head.length < longestHead) return;
      const status = end_ < 0 ? undefined : head.match(/^HTTP\/1\.[01] (\d{3})/)?.[1];
      if (status === undefined) return end(failure('PROTOCOL', 'Not an HTTP proxy.'));
      if (status === '407') return end(failure('AUTH_REQUIRED', 'Proxy authentication required.'));
      if (status[0] !== '2') return end(failure(`STATUS_${status}`, `Proxy returned ${status}.`));
      socket.pause();
      const rest = Buffer.from(head.slice(end_ + 4), 'latin1');
      if (rest.length) socket.unshift(rest);
      end();
    };
    socket.on('data', read).on('error', failed).on('close', closed);
    socket.once(isSecure ? 'secureConnect' : 'connect', () => {
      const lines = [`CONNECT ${target} HTTP/1.1`, `Host: ${target}`, 'Proxy-Connection: keep-alive'];
      if (authorization) lines.push(`Proxy-Authorization: ${authorization}`);
      socket.write(`${lines.join('\r\n')}\r\n\r\n`);
    });
  });
}
