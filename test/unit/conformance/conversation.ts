import type { OpenAI } from 'openai';
import { OpenAIAdmin, OpenAIProject } from '../../../src/openai';
import { type Emulator, ManualClock, type RequestRecord, startEmulator } from '../../emulator';
import { officialSDK } from '../../host/vscode/sdk';

export const model = 'ft:gpt-4.1-2025-04-14:harbor-labs:tests:AAAAAAAA:ckpt-step-16';

/** What our two clients are to a caller: each has one of the keys, and the official SDK has both. */
export interface OurClients {
  readonly admin: OpenAIAdmin['admin'];
  readonly fineTuning: OpenAIAdmin['fineTuning'] & OpenAIProject['fineTuning'];
  readonly models: OpenAIProject['models'];
}

/** The official SDK or ours. A call is written once, against what both of them offer. */
export type EitherClient = OpenAI | OurClients;

export type Call = (client: EitherClient, emulator: Emulator) => PromiseLike<unknown>;

export interface Situation {
  /** Prepares the state of the organization, which is new for each client. */
  readonly arrange?: ((emulator: Emulator) => void) | undefined;
  /** Default: the emulator's admin key. */
  readonly adminAPIKey?: string | undefined;
  /** Default: the emulator's project key. */
  readonly projectAPIKey?: string | undefined;
  /** Default: the emulator's base URL. */
  readonly baseURL?: string | undefined;
  /** Time limit of each request, in milliseconds. Default: a minute. */
  readonly timeout?: number | undefined;
}

/** Requests and result of one client. */
export interface Side {
  readonly requests: readonly Sent[];
  readonly result: unknown;
  readonly error: unknown;
}

/** A request as far as both clients must agree on it. */
export type Sent = Pick<RequestRecord, 'method' | 'path' | 'query' | 'body'> & {
  readonly headers: Readonly<Record<string, string | undefined>>;
};

/** Headers that mean something to the API; the rest (user agent, connection, telemetry) is each client's own. */
const meaningfulHeaders = ['accept', 'authorization', 'content-type'];

function sent({ method, path, query, body, headers }: RequestRecord): Sent {
  const meaningful = meaningfulHeaders.map((name) => [name, headers[name]]);
  return { method, path, query, body, headers: Object.fromEntries(meaningful) };
}

/** Makes the same call with the official SDK and with ours, each in an organization that is new, and the same. */
export async function converse(call: Call, situation: Situation = {}): Promise<{ sdk: Side; ours: Side }> {
  const emulator = await startEmulator({ clock: new ManualClock() });
  const { adminAPIKey = emulator.adminAPIKey, baseURL = emulator.baseURL, arrange } = situation;
  const { timeout = 60_000 } = situation;
  const options = { adminAPIKey, baseURL, maxRetries: 0, timeout };
  const { projectAPIKey: apiKey = emulator.projectAPIKey } = situation;
  const side = async (client: EitherClient): Promise<Side> => {
    emulator.reset();
    emulator.organization.addCheckpoint(model, { permissions: 25 });
    arrange?.(emulator);
    const [settled] = await Promise.allSettled([(async () => call(client, emulator))()]);
    await emulator.idle();
    const requests = emulator.requests.map(sent);
    return settled.status === 'fulfilled'
      ? { requests, result: settled.value, error: undefined }
      : { requests, result: undefined, error: settled.reason };
  };
  const admin = new OpenAIAdmin(options);
  const project = new OpenAIProject({ apiKey, baseURL, maxRetries: 0, timeout });
  const ours: OurClients = {
    admin: admin.admin,
    fineTuning: { ...admin.fineTuning, ...project.fineTuning },
    models: project.models,
  };
  try {
    const { OpenAI } = await officialSDK();
    const sdk = new OpenAI({ ...options, apiKey });
    return { sdk: await side(sdk), ours: await side(ours) };
  } finally {
    await emulator.stop();
    await Promise.all([admin.close(), project.close()]);
  }
}
