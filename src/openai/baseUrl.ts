import { InsecureBaseURLError } from './errors';

const loopback = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/** True for a host on this machine: `localhost`, 127.0.0.0/8, and `[::1]`, as `URL.hostname` writes them. */
export function isLoopback(hostname: string): boolean {
  return loopback.test(hostname);
}

/** The kind of key that a client sends, as error messages name it. */
export type KeyName = 'admin API key' | 'project API key';

/**
 * Validates a base URL and removes its trailing slash.
 *
 * @param key how the error message names the key.
 * @throws InsecureBaseURLError for a URL with credentials, a query or a fragment, and for one that is not
 *   https, except on loopback. The message never repeats credentials.
 */
export function checkBaseURL(text: string, key: KeyName = 'admin API key'): string {
  let url: URL;
  try {
    url = new URL(text.trim());
  } catch {
    throw new InsecureBaseURLError(
      'The base URL is not a valid URL. It looks like https://api.openai.com/v1',
    );
  }
  const refuse = (why: string): never => {
    throw new InsecureBaseURLError(`The base URL for ${url.host || url.protocol} ${why}`);
  };
  if (url.username || url.password) refuse('contains a user name or a password. Remove them.');
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(url.hostname)))
    refuse(`is not https. The ${key} travels over https only (http is for localhost).`);
  if (url.search || text.includes('?')) refuse('contains a query. Remove the part from "?" on.');
  if (url.hash || text.includes('#')) refuse('contains a fragment. Remove the part from "#" on.');
  return url.href.replace(/\/+$/, '');
}
