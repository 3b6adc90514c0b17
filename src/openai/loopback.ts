const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/** True for a host that never leaves this machine: `localhost`, 127.0.0.0/8 and `[::1]`, as `URL.hostname` has them. */
export function isLoopback(hostname: string): boolean {
  return LOOPBACK.test(hostname);
}
