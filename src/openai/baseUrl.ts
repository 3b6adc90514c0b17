import { InsecureBaseURLError } from './errors';

const loopback = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/** In characters. No server takes longer ones. */
export const longestURL = 2000;

/**
 * True for a host on this machine: `localhost`, 127.0.0.0/8, and `[::1]`, as `URL.hostname` writes them. That is how it
 * writes `127.1` and `0x7f000001`, too. `localhost.`, `name.localhost`, and `[::ffff:127.0.0.1]` are hosts like any other.
 *
 * A name can still lead elsewhere: the transport checks the addresses that it connects to.
 */
export function isLoopback(hostname: string): boolean {
  return loopback.test(hostname);
}

/**
 * Validates a base URL and removes its trailing slash.
 *
 * @throws InsecureBaseURLError for a URL with credentials, a query or a fragment, and for one that is not
 *   https, except on loopback.
 */
export function checkBaseURL(text: string): string {
  let url: URL;
  try {
    // A parser of URLs takes the square of the time for the marks in a host name.
    if (text.length > longestURL) throw new TypeError();
    url = new URL(text.trim());
  } catch {
    throw new InsecureBaseURLError('invalid');
  }
  if (url.username || url.password) throw new InsecureBaseURLError('credentials', url);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(url.hostname)))
    throw new InsecureBaseURLError('notHTTPS', url);
  if (url.search || text.includes('?')) throw new InsecureBaseURLError('query', url);
  if (url.hash || text.includes('#')) throw new InsecureBaseURLError('fragment', url);
  let end = url.href.length;
  while (url.href[end - 1] === '/') end -= 1;
  return url.href.slice(0, end);
}
