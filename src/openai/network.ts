/**
 * Network settings of the editor as plain data: user settings of the same names, and the environment.
 * Workspace settings must never be included, because they could route the key through another proxy.
 */
export interface NetworkSettings {
  /** `http.proxy`, such as `http://user:password@proxy.example:8080`; empty for none. */
  httpProxy?: string | undefined;
  /** `http.proxyAuthorization`: sent to the proxy as its `Proxy-Authorization` header. */
  proxyAuthorization?: string | null | undefined;
  /**
   * `http.noProxy`: hosts that are reached directly, in the forms of `isExempt` (undici/noProxy.ts). `NO_PROXY` is ignored
   * if there are any.
   */
  noProxy?: readonly string[] | undefined;
  /** `http.proxySupport`: with `off`, all hosts are reached directly. */
  proxySupport?: 'off' | 'on' | 'fallback' | 'override' | undefined;
  /** `http.proxyStrictSSL`: with false, certificates are not verified behind a proxy. Default: true. */
  proxyStrictSSL?: boolean | undefined;
  /**
   * `http.systemCertificates`: also trust the certificate authorities of the operating system. Default: true.
   */
  systemCertificates?: boolean | undefined;
  /**
   * `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY`, in upper or lower case. Used when the settings name no proxy.
   */
  env?: Readonly<Record<string, string | undefined>> | undefined;
  /**
   * Whether the host's own `fetch` may be tried when no connection can be opened. Default: true. False where it follows no
   * setting that undici doesn't: it would pass by the proxy.
   */
  hostFetch?: boolean | undefined;
  /** Additional trusted certificate authorities, as PEM. */
  ca?: readonly string[] | undefined;
}

/** Requests to an origin now go through the host's own `fetch`, which supports PAC files and Kerberos. */
export interface FallbackReport {
  /** The origin. It is reached this way until the network settings change. */
  origin: string;
  /** Code of the failed direct connection. */
  code: string | undefined;
}
