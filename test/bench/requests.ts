import { isDeepStrictEqual } from 'node:util';
import type { OpenAI } from 'openai';
import { Catalog } from '../../src/access/catalog/catalog';
import { Organization } from '../../src/access/organization';
import { apply } from '../../src/access/plan/apply';
import { planGrants, planRevokes } from '../../src/access/plan/plan';
import { OpenAIAdmin, type Permission } from '../../src/openai';
import { type Emulator, startEmulator } from '../emulator';
import { officialSDK } from '../host/vscode/sdk';

/** Setting of a task: an organization on the emulator, with the extension's domain and the official SDK. */
interface Setting {
  readonly emulator: Emulator;
  /** The extension's domain, with our client. */
  readonly organization: Organization;
  readonly sdk: OpenAI['fineTuning']['checkpoints']['permissions'];
}

/** Runs a task. Resolves to the known data at the end, for comparison. */
type Way = (setting: Setting) => Promise<unknown>;

/** A task of a user, and the ways to do it. */
interface Task {
  readonly title: string;
  /** Prepares the initial state of the organization. */
  arrange(emulator: Emulator): void;
  readonly ours: Way;
  /** The official SDK at its best: the largest pages, all projects in one request, read back once. */
  sdk(setting: Setting, query: { limit: number }): Promise<unknown>;
  /** The SDK as in its documentation, with pages of ten. It stops at the first page, so it knows less at the end. */
  readonly defaultKnowsLess?: boolean;
  /** Our requests that compare a list of several pages with its first page, which the SDK does not. */
  readonly checks?: number;
}

/** How many requests the server counted for a task. */
export interface RequestCount {
  readonly title: string;
  readonly ours: number;
  readonly sdk: number;
  readonly sdkByDefault: number;
  /** See {@link Task}. */
  readonly defaultKnowsLess: boolean;
  /** See {@link Task}. */
  readonly checks: number;
}

const checkpoint = 'ft:gpt-4o-mini-2024-07-18:harbor-labs:bench:Zz9Yy8Xx';
const ids = (permissions: readonly Permission[]) => permissions.map(({ id }) => id);
const projects = (permissions: readonly Permission[]) => permissions.map((each) => each.project_id).sort();

async function everything(
  { sdk }: Setting,
  query: { limit: number },
  id = checkpoint,
): Promise<Permission[]> {
  const read = [];
  for await (const permission of sdk.list(id, query)) read.push(permission);
  return read;
}

const shareWith = (permissions: number) => (emulator: Emulator) => {
  emulator.organization.addCheckpoint(checkpoint, { permissions });
};

/** Projects without access. */
function newProjects({ organization }: Emulator, count: number): string[] {
  return Array.from({ length: count }, (_, index) => organization.state.addProject(`New ${index}`).id);
}

/** Applies a plan as the extension does. The known data is what the extension shows. */
async function applied({ organization }: Setting, plan: Parameters<typeof apply>[0]) {
  const { api, permissions: store } = organization;
  const outcomes = await apply(plan, { api, store });
  const { listing } = store.snapshot(checkpoint);
  if (listing?.ending.kind !== 'complete' || outcomes.some(({ result }) => result !== 'done'))
    throw new Error('The plan was not applied, or not read back.');
  return projects([...listing.permissions]);
}

const deepListSize = 250;
const changeCount = 30;
const steps = Array.from({ length: 20 }, (_, index) => `${checkpoint}:ckpt-step-${index + 1}`);

const tasks: readonly Task[] = [
  {
    title: `Expand a checkpoint that ${deepListSize} projects may use: its first rows`,
    arrange: shareWith(deepListSize),
    ours: async ({ organization }) => ids([...(await organization.permissions.read(checkpoint)).permissions]),
    sdk: async ({ sdk }, query) => ids((await sdk.list(checkpoint, query)).data),
    defaultKnowsLess: true,
  },
  {
    title: `List everything of it (${deepListSize})`,
    arrange: shareWith(deepListSize),
    ours: async ({ organization }) =>
      ids([...(await organization.permissions.readAll(checkpoint)).permissions]),
    sdk: async (setting, query) => ids(await everything(setting, query)),
    checks: 1,
  },
  {
    title: `A matrix of ${steps.length} checkpoints and 50 projects`,
    arrange(emulator) {
      const permissions = newProjects(emulator, 50);
      for (const id of steps) emulator.organization.addCheckpoint(id, { permissions });
    },
    ours: ({ organization }) =>
      Promise.all(
        steps.map(async (id) => projects([...(await organization.permissions.readAll(id)).permissions])),
      ),
    sdk: (setting, query) =>
      Promise.all(steps.map(async (id) => projects(await everything(setting, query, id)))),
  },
  {
    title: `Grant ${changeCount} projects access to a checkpoint, and read back`,
    arrange: shareWith(5),
    ours: (setting) => applied(setting, planGrants([checkpoint], newProjects(setting.emulator, changeCount))),
    async sdk(setting, query) {
      await setting.sdk.create(checkpoint, { project_ids: newProjects(setting.emulator, changeCount) });
      return projects(await everything(setting, query));
    },
  },
  {
    title: `Look at 40 permissions, revoke ${changeCount} of them, and read back`,
    arrange: shareWith(40),
    async ours(setting) {
      const { permissions } = await setting.organization.permissions.read(checkpoint);
      const revoked = permissions.slice(0, changeCount).map((permission) => ({ checkpoint, permission }));
      return applied(setting, planRevokes(revoked));
    },
    async sdk(setting, query) {
      for (const { id } of (await everything(setting, query)).slice(0, changeCount))
        await setting.sdk.delete(id, { fine_tuned_model_checkpoint: checkpoint });
      return projects(await everything(setting, query));
    },
  },
];

/** Runs each task in each way, and counts requests. @throws Error if the results differ. */
export async function countRequests(): Promise<RequestCount[]> {
  const counts: RequestCount[] = [];
  for (const { title, arrange, ours: way, sdk: theirs, defaultKnowsLess = false, checks = 0 } of tasks) {
    const ours = await take(arrange, way);
    const sdk = await take(arrange, (setting) => theirs(setting, { limit: 100 }));
    const byDefault = await take(arrange, (setting) => theirs(setting, { limit: 10 }));
    const others = defaultKnowsLess ? [sdk] : [sdk, byDefault];
    if (others.some(({ known }) => !isDeepStrictEqual(known, ours.known)))
      throw new Error(`Answers differ: ${title}.`);
    const sdkByDefault = byDefault.requests;
    counts.push({ title, defaultKnowsLess, checks, ours: ours.requests, sdk: sdk.requests, sdkByDefault });
  }
  return counts;
}

/** Runs in a new setting, the same each time, so that no task or client affects the next. */
async function take(arrange: Task['arrange'], way: Way): Promise<{ known: unknown; requests: number }> {
  const emulator = await startEmulator();
  const { adminAPIKey, projectAPIKey, baseURL } = emulator;
  const { OpenAI } = await officialSDK();
  const client = new OpenAIAdmin({ adminAPIKey, baseURL });
  const sdk = new OpenAI({ adminAPIKey, baseURL, apiKey: projectAPIKey }).fineTuning.checkpoints.permissions;
  const catalog = new Catalog({ read: () => undefined, write: async () => {} });
  const organization = new Organization({ id: 'bench', name: 'Bench', isSample: false, client, catalog });
  try {
    arrange(emulator);
    const known = await way({ emulator, organization, sdk });
    return { known, requests: emulator.requests.length };
  } finally {
    await emulator.stop();
    await client.close();
  }
}
