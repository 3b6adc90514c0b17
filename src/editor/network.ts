import type { NetworkSettings } from '../openai';
import { userSetting } from './settings';

const proxyVariables = ['https_proxy', 'http_proxy', 'no_proxy'].flatMap((name) => [
  name,
  name.toUpperCase(),
]);

/**
 * The network as the person's settings and the environment have it, read anew for each request. A bundled undici knows
 * nothing of it by itself (`http.proxy` is honoured by the editor's own requests only).
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
