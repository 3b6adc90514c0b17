import type { ProjectKeyClient } from '../access/discovery/jobs';
import { ProjectKeyMissingError } from '../access/failures';
import type { SavedKey } from '../credentials/adminKeys';
import type { ProjectKeys } from '../credentials/projectKeys';
import type { Log } from '../editor/log';
import { readNetwork } from '../editor/network';
import { readSettings } from '../editor/settings';
import { type ConnectionOptions, OpenAIAdmin, OpenAIProject } from '../openai';
import { ignoredProxyExceptions } from '../words/requests';
import type { Profile } from './profile';

/**
 * Creates a client for an admin key and a base URL, with the person's settings. Timeout and network settings are read
 * for each request. Throws `InsecureBaseURLError` for an insecure base URL, or one of another origin than the key's.
 * Sends no request.
 */
export function clientFor({ key, origin }: SavedKey, baseURL: string, log: Log): OpenAIAdmin {
  const { legacyDeletePath } = readSettings();
  return new OpenAIAdmin({ adminAPIKey: key, ...options(origin, baseURL, log), legacyDeletePath });
}

/** Creates a client for a project key, as {@link clientFor} does. */
export function projectClientFor({ key, origin }: SavedKey, baseURL: string, log: Log): OpenAIProject {
  return new OpenAIProject({ apiKey: key, ...options(origin, baseURL, log) });
}

function options(keyOrigin: string, baseURL: string, log: Log): ConnectionOptions {
  return {
    keyOrigin,
    baseURL,
    timeout: () => readSettings().requestTimeout,
    network: readNetwork,
    onFallback: (report) =>
      log.info(`${report.origin}: ${report.code ?? 'no code'}. Using the network of VS Code from now on.`),
    onIgnoredExceptions: (exceptions) => logOnce(log, ignoredProxyExceptions(exceptions)),
    onRequest: (report) => log.request(report),
  };
}

/** Each client tells of the same network settings. */
const logged = new Set<string>();

function logOnce(log: Log, message: string): void {
  if (logged.has(message)) return;
  logged.add(message);
  log.warn(message);
}

/** The project keys of a profile, as clients to be opened. A key is read when its client is opened. */
export function projectClients(profile: Profile, keys: ProjectKeys, log: Log): ProjectKeyClient[] {
  return keys.list(profile.id).map(({ project, label }) => ({
    project,
    label,
    async open() {
      const saved = await keys.get(profile.id, project);
      if (!saved) throw new ProjectKeyMissingError(project);
      return projectClientFor(saved, profile.baseUrl, log);
    },
  }));
}
