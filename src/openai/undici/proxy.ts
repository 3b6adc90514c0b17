import { isLoopback, longestURL } from '../baseUrl';
import type { NetworkSettings } from '../network';

const supported = /^https?:$/;

/** Whether a host is excluded from the proxy: `host`, `.domain`, `*.domain`, `host:port` or `*`. */
function isExempt(url: URL, entries: readonly string[]): boolean {
  const port = url.port || '443';
  return entries.some((text) => {
    const [, name = '', onlyPort] = /^(?:\*?\.)?(.*?)(?::(\d+))?$/.exec(text.trim().toLowerCase()) ?? [];
    if (!name || (onlyPort && onlyPort !== port)) return false;
    return name === '*' || url.hostname === name || url.hostname.endsWith(`.${name}`);
  });
}

/** An environment variable, in lower or upper case. */
function variable(env: NetworkSettings['env'], name: string): string | undefined {
  return env?.[name] || env?.[name.toUpperCase()] || undefined;
}

/**
 * The proxy for an origin, or undefined for a direct connection. Precedence as in the editor: loopback is
 * direct, then the exceptions, the setting, and the environment.
 *
 * @throws an error with a code of `PROXY_…` for a proxy that is not HTTP or HTTPS, or not a URL.
 */
export function proxyOf(origin: string, settings: NetworkSettings): URL | undefined {
  const url = new URL(origin);
  const { env, httpProxy, noProxy = [], proxySupport } = settings;
  if (proxySupport === 'off' || isLoopback(url.hostname)) return undefined;
  const exceptions = noProxy.length ? noProxy : (variable(env, 'no_proxy')?.split(/[\s,]+/) ?? []);
  if (isExempt(url, exceptions)) return undefined;
  const given = httpProxy?.trim() || variable(env, 'https_proxy') || variable(env, 'http_proxy');
  if (!given) return undefined;
  const text = /^[a-z][a-z0-9+.-]*:\/\//i.test(given) ? given : `http://${given}`;
  if (text.length > longestURL || !URL.canParse(text))
    throw Object.assign(new Error('Invalid proxy URL.'), { code: 'PROXY_INVALID' });
  const proxy = new URL(text);
  if (supported.test(proxy.protocol)) return proxy;
  throw Object.assign(new Error(`Unsupported proxy protocol: ${proxy.protocol}`), {
    code: 'PROXY_UNSUPPORTED',
  });
}

/** The `Proxy-Authorization` header for a proxy, or undefined if no credentials are set. */
export function proxyAuthorizationOf(proxy: URL, settings: NetworkSettings): string | undefined {
  if (settings.proxyAuthorization) return settings.proxyAuthorization.replace(/[\r\n]+/g, ' ');
  if (!proxy.username && !proxy.password) return undefined;
  const decode = (text: string) => {
    try {
      return decodeURIComponent(text);
    } catch {
      return text;
    }
  };
  return `Basic ${Buffer.from(`${decode(proxy.username)}:${decode(proxy.password)}`).toString('base64')}`;
}
