import type { NetworkSettings } from '../openai';
import { userSetting } from './settings';

const proxyVariables = ['https_proxy', 'http_proxy', 'no_proxy'].flatMap((name) => [
  name,
  name.toUpperCase(),
]);

/**
 * Reads the network settings from the user settings and the environment. Called for each request, because a bundled
 * undici doesn't follow them: VS Code applies `http.proxy` only to its own requests.
 */
export function readNetwork(): NetworkSettings {
  return {
    httpProxy: userSetting<string>('http.proxy'),
    proxyAuthorization: userSetting<string | null>('http.proxyAuthorization'),
    noProxy: userSetting<string[]>('http.noProxy'),
    proxySupport: userSetting<'off' | 'on' | 'fallback' | 'override'>('http.proxySupport'),
    proxyStrictSSL: userSetting<boolean>('http.proxyStrictSSL'),
    systemCertificates: userSetting<boolean>('http.systemCertificates'),
    env: Object.fromEntries(proxyVariables.map((name) => [name, process.env[name]])),
  };
}
