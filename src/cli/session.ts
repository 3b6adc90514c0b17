import { accessFilePath } from '../access/accessFile/accessFilePath';
import { Catalog, type CatalogRecord } from '../access/catalog/catalog';
import { Organization } from '../access/organization';
import { organizationInHeaders } from '../access/organizationIdentity';
import type { Target } from '../access/plan/apply';
import { checkBaseURL, OpenAIAdmin } from '../openai';
import { isoDay } from '../text/dates';
import { explainInTerminal, ignoredNoProxy, keyMissing, requestLine } from '../words/cli';
import type { CommandLine } from './arguments';
import { exitCodes, Stop } from './exitCodes';
import type { CommandHost } from './host';
import { ProgressLine } from './progress';

const defaultBaseURL = 'https://api.openai.com/v1';

const proxyVariables = ['https_proxy', 'http_proxy', 'no_proxy'].flatMap((name) => [
  name,
  name.toUpperCase(),
]);

/** An organization that requests can be sent to. */
export interface Connected {
  readonly organization: Organization;
  readonly target: Target;
  /** The organization as the responses named it. Another one than `expected` comes first, if there was one. */
  named(expected?: string): string | undefined;
}

/** A run of one command. */
export class ToolSession {
  readonly progress: ProgressLine;
  /** The path of the access file, as it was given. */
  readonly file: string;
  /** From now on, {@link stop} stops changes, of which some may be made. */
  isChanging = false;
  readonly #stopping = new AbortController();
  #connected: Connected | undefined;

  constructor(
    readonly line: CommandLine,
    readonly host: CommandHost,
  ) {
    this.progress = new ProgressLine(host.stderr, host.clock?.now);
    this.file = line.file ?? accessFilePath;
  }

  /** Aborted by the first signal to end. */
  get signal(): AbortSignal {
    return this.#stopping.signal;
  }

  /** Milliseconds since 1970. */
  now(): number {
    return this.host.clock?.now() ?? Date.now();
  }

  /** The day that decides what `until` has ended. */
  get today(): string {
    return isoDay(this.now()) ?? '';
  }

  stop(): void {
    this.#stopping.abort();
  }

  /** Opens the organization of the key. Sends nothing. Throws {@link Stop} without a key that can be sent. */
  connect(checkpoints: readonly string[]): Connected {
    this.#connected ??= this.#connect(checkpoints);
    return this.#connected;
  }

  /** Ends what is left of requests. */
  close(): void {
    this.progress.clear();
    this.#connected?.organization.dispose();
  }

  #connect(checkpoints: readonly string[]): Connected {
    const { host, line, progress } = this;
    if (host.key === undefined) throw new Stop(exitCodes.error, 'keyMissing', keyMissing);
    const { clock } = host;
    const names = new Set<string>();
    const network = {
      env: Object.fromEntries(proxyVariables.map((name) => [name, host.env[name]])),
      hostFetch: false,
    };
    let client: OpenAIAdmin;
    let baseURL: string;
    try {
      baseURL = checkBaseURL(line.baseURL ?? defaultBaseURL);
      client = new OpenAIAdmin({
        adminAPIKey: host.key,
        baseURL,
        network: () => network,
        onWait: (waiting) => progress.wait(waiting),
        onIgnoredExceptions: (entries) => progress.say(ignoredNoProxy(entries)),
        onRequest: (report) => {
          const { organization = null } = report;
          const name = organizationInHeaders({ get: () => organization });
          if (name !== undefined) names.add(name);
          if (line.isVerbose) progress.say(requestLine(report));
        },
        ...(clock && { clock }),
      });
    } catch (error) {
      throw new Stop(exitCodes.error, 'connection', explainInTerminal(error));
    }
    const identity: { origin: string; organization?: string } = { origin: new URL(baseURL).origin };
    let kept: CatalogRecord = { version: 2, checkpoints: checkpoints.map((id) => ({ id, findings: [] })) };
    const storage = {
      read: () => kept,
      write: async (record: CatalogRecord) => {
        kept = record;
      },
    };
    const organization = new Organization({
      id: 'cli',
      name: '',
      isSample: false,
      client,
      catalog: new Catalog(storage),
      identity,
      ...(clock && { now: clock.now }),
    });
    const target: Target = clock
      ? {
          ...organization.target,
          steady: clock.now,
          pause: (ms, signal) => clock.sleep(ms, signal).catch(() => undefined),
        }
      : organization.target;
    return {
      organization,
      target,
      named(expected) {
        const all = [...names];
        const name = all.find((each) => each !== expected) ?? all[0];
        if (name !== undefined) identity.organization = name;
        return name;
      },
    };
  }
}
