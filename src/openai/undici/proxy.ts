import { isLoopback, longestURL } from '../baseUrl';
import type { NetworkSettings } from '../network';
import { isExempt, notUnderstood } from './noProxy';

const supported = /^https?:$/;

/** An environment variable, in lower or upper case. */
function variable(env: NetworkSettings['env'], name: string): string | undefined {
  return env?.[name] || env?.[name.toUpperCase()] || undefined;
}

/** The exceptions from the proxy. Those of the environment count where the settings have none, as in the editor. */
function exceptionsOf({ noProxy = [], env }: NetworkSettings): readonly string[] {
  return noProxy.length ? noProxy : (variable(env, 'no_proxy')?.split(/[\s,]+/) ?? []);
}

/** The proxy that is configured, as it was entered. */
function givenProxy({ httpProxy, env }: NetworkSettings): string | undefined {
  return httpProxy?.trim() || variable(env, 'https_proxy') || variable(env, 'http_proxy');
}

/** Exceptions that are ignored, because their form is not known. Empty if no proxy is used. */
export function ignoredExceptions(settings: NetworkSettings): string[] {
  if (settings.proxySupport === 'off' || !givenProxy(settings)) return [];
  return notUnderstood(exceptionsOf(settings));
}

/**
 * The proxy for an origin, or undefined for a direct connection. Precedence as in the editor: loopback is
 * direct, then the exceptions, the setting, and the environment.
 *
 * @throws an error with a code of `PROXY_…` for a proxy that is not HTTP or HTTPS, or not a URL.
 */
export function proxyOf(origin: string, settings: NetworkSettings): URL | undefined {
  const url = new URL(origin);
  if (settings.proxySupport === 'off' || isLoopback(url.hostname)) return undefined;
  const given = givenProxy(settings);
  if (!given || isExempt(url, exceptionsOf(settings))) return undefined;
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
