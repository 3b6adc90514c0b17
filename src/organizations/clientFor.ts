import type { SavedKey } from '../credentials/adminKeys';
import type { Log } from '../editor/log';
import { readNetwork } from '../editor/network';
import { readSettings } from '../editor/settings';
import { OpenAIAdmin } from '../openai';

/**
 * A client for a key at a base URL, with the person's settings: those that can change without harm are asked for each
 * request. Throws `InsecureBaseURLError` for a base URL that is not safe, or of another origin than the key is for. Sends
 * nothing.
 */
export function clientFor({ key, origin }: SavedKey, baseURL: string, log: Log): OpenAIAdmin {
  return new OpenAIAdmin({
    adminAPIKey: key,
    keyOrigin: origin,
    baseURL,
    timeout: () => readSettings().requestTimeout,
    legacyDeletePath: readSettings().legacyDeletePath,
    network: readNetwork,
    onFallback: (report) =>
      log.info(
        `${report.origin} could not be reached directly or by the proxy that is set (${report.code ?? 'no code'}). VS Code's own network is used for it from now on.`,
      ),
    onRequest: (report) => log.request(report),
  });
}
