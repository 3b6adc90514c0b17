/**
 * How the editor reaches the network, as plain data: the user-level settings of the same names and the environment. A
 * workspace's settings must never get in here, for they could lead the key through a proxy of their own.
 */
export interface NetworkSettings {
  /** `http.proxy`, such as `http://user:password@proxy.example:8080`; empty for none. */
  httpProxy?: string | undefined;
  /** `http.proxyAuthorization`: sent to the proxy as its `Proxy-Authorization` header. */
  proxyAuthorization?: string | null | undefined;
  /** `http.noProxy`: hosts that are reached directly. When there are some, `NO_PROXY` is not looked at. */
  noProxy?: readonly string[] | undefined;
  /** `http.proxySupport`: with `off` everything is reached directly, whatever else is set. */
  proxySupport?: 'off' | 'on' | 'fallback' | 'override' | undefined;
  /** `http.proxyStrictSSL`: with false, certificates are not verified where a proxy is in between. Default: true. */
  proxyStrictSSL?: boolean | undefined;
  /** `http.systemCertificates`: trust the certificate authorities of the operating system, too. Default: true. */
  systemCertificates?: boolean | undefined;
  /** `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY`, in capitals or not: looked at when the settings name no proxy. */
  env?: Readonly<Record<string, string | undefined>> | undefined;
  /** Further certificate authorities to trust, as PEM. */
  ca?: readonly string[] | undefined;
}

/** The transport had to leave an origin to the host's own `fetch`, which knows PAC files and Kerberos. */
export interface FallbackReport {
  /** The origin that is reached this way from now on, until the network settings change. */
  origin: string;
  /** Why the connection could not be made otherwise. */
  code: string | undefined;
}
