import { minutesAtSlowestRate } from '../access/plan/cost';
import { firstOf } from '../text/lists';
import { number, plural } from '../text/numbers';

// The time that requests take, at the rates that the API was seen to allow
// (docs/api.md#rate-limits-may-be-as-low-as-7-requests-a-minute).

/** Requests a minute. */
const slowest = 7;
const fastest = 10;

/** `At least 9 requests (about 1–2 minutes, as the API may allow only 7–10 a minute)`; without a full stop. */
export function requestsInWords(least: number): string {
  if (least <= slowest)
    return plural(least, 'At least 1 request', (requests) => `At least ${requests} requests`);
  const [from, to] = [Math.ceil(least / fastest), Math.ceil(least / slowest)];
  const requests = number(least);
  const rate = `as the API may allow only ${slowest}–${fastest} a minute`;
  return from === to
    ? plural(
        to,
        `At least ${requests} requests (about 1 minute, ${rate})`,
        (minutes) => `At least ${requests} requests (about ${minutes} minutes, ${rate})`,
      )
    : `At least ${requests} requests (about ${number(from)}–${number(to)} minutes, ${rate})`;
}

/** The time that requests may take. */
export function allowTimeFor(requests: number): string {
  return plural(
    minutesAtSlowestRate(requests),
    'Allow up to about 1 minute.',
    (minutes) => `Allow up to about ${minutes} minutes.`,
  );
}

/** For the log: entries of `http.noProxy` or `NO_PROXY` of an unknown form. At least one. */
export function ignoredProxyExceptions(exceptions: readonly string[]): string {
  const entries = firstOf(exceptions.slice(0, 20), exceptions.length);
  return plural(
    exceptions.length,
    `An entry of the Http: No Proxy setting or of NO_PROXY isn't understood and is ignored: ${entries}. Hosts that it names are reached through the proxy.`,
    (count) =>
      `${count} entries of the Http: No Proxy setting or of NO_PROXY aren't understood and are ignored: ${entries}. Hosts that they name are reached through the proxy.`,
  );
}
