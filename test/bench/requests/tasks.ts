import { apply } from '../../../src/access/plan/apply';
import { planGrants, planRevokes } from '../../../src/access/plan/plan';
import type { Permission } from '../../../src/openai';
import type { Setting } from './setting';
import type { Task, Way } from './task';

const DEEP = 250;
const LARGEST = { limit: 100 };
const ids = (permissions: readonly Permission[]) => permissions.map(({ id }) => id);
const projects = (permissions: readonly Permission[]) => permissions.map((each) => each.project_id).sort();

async function everything(items: AsyncIterable<Permission>): Promise<Permission[]> {
  const read = [];
  for await (const item of items) read.push(item);
  return read;
}

const shareWith = (permissions: number) => (setting: Setting) => {
  setting.emulator.organization.addCheckpoint(setting.checkpoint, { permissions });
};

const expand: Task = {
  title: `Expand a checkpoint that ${DEEP} projects may use: its first rows`,
  arrange: shareWith(DEEP),
  ours: async ({ organization, checkpoint }) =>
    ids([...(await organization.permissions.read(checkpoint)).permissions]),
  sdk: async ({ sdk, checkpoint }) => ids((await sdk.list(checkpoint, LARGEST)).data),
  sdkByDefault: async ({ sdk, checkpoint }) => ids((await sdk.list(checkpoint)).data),
  defaultKnowsLess: true,
};

const listEverything: Task = {
  title: `List everything of it (${DEEP})`,
  arrange: shareWith(DEEP),
  ours: async ({ organization, checkpoint }) =>
    ids([...(await organization.permissions.readAll(checkpoint)).permissions]),
  sdk: async ({ sdk, checkpoint }) => ids(await everything(sdk.list(checkpoint, LARGEST))),
  sdkByDefault: async ({ sdk, checkpoint }) => ids(await everything(sdk.list(checkpoint))),
};

const CHECKPOINTS = 20;
const PROJECTS = 50;

/** Who may use which of the checkpoints, each read by `read`. */
function matrix(read: (setting: Setting, checkpoint: string) => Promise<readonly Permission[]>): Way {
  return async (setting) =>
    Promise.all(
      matrixCheckpoints(setting).map(async (checkpoint) => projects(await read(setting, checkpoint))),
    );
}

function matrixCheckpoints({ checkpoint }: Setting): string[] {
  return Array.from({ length: CHECKPOINTS }, (_, index) => `${checkpoint}:ckpt-step-${index + 1}`);
}

const accessMatrix: Task = {
  title: `A matrix of ${CHECKPOINTS} checkpoints and ${PROJECTS} projects`,
  arrange(setting) {
    const permissions = setting.newProjects(PROJECTS);
    for (const id of matrixCheckpoints(setting))
      setting.emulator.organization.addCheckpoint(id, { permissions });
  },
  ours: matrix(
    async ({ organization }, checkpoint) => (await organization.permissions.readAll(checkpoint)).permissions,
  ),
  sdk: matrix(({ sdk }, checkpoint) => everything(sdk.list(checkpoint, LARGEST))),
  sdkByDefault: matrix(({ sdk }, checkpoint) => everything(sdk.list(checkpoint))),
};

const CHANGED = 30;

/** Applies a plan as the extension does; what is known in the end is what the extension shows. */
async function applied({ organization, checkpoint }: Setting, plan: Parameters<typeof apply>[0]) {
  const { api, permissions: store } = organization;
  const outcomes = await apply(plan, { api, store });
  const { listing } = store.snapshot(checkpoint);
  if (listing?.ending.kind !== 'complete' || outcomes.some(({ result }) => result !== 'done'))
    throw new Error('The plan was not applied, or not read back.');
  return projects([...listing.permissions]);
}

function granting(readBack: (setting: Setting) => Promise<Permission[]>): Way {
  return async (setting) => {
    await setting.sdk.create(setting.checkpoint, { project_ids: setting.newProjects(CHANGED) });
    return projects(await readBack(setting));
  };
}

const grant: Task = {
  title: `Grant ${CHANGED} projects access to a checkpoint, and read back`,
  arrange: shareWith(5),
  ours: (setting) => applied(setting, planGrants([setting.checkpoint], setting.newProjects(CHANGED))),
  sdk: granting(({ sdk, checkpoint }) => everything(sdk.list(checkpoint, LARGEST))),
  sdkByDefault: granting(({ sdk, checkpoint }) => everything(sdk.list(checkpoint))),
};

function revoking(read: (setting: Setting) => Promise<Permission[]>): Way {
  return async (setting) => {
    const { sdk, checkpoint } = setting;
    for (const { id } of (await read(setting)).slice(0, CHANGED))
      await sdk.delete(id, { fine_tuned_model_checkpoint: checkpoint });
    return projects(await read(setting));
  };
}

const revoke: Task = {
  title: `Look at 40 permissions, revoke ${CHANGED} of them, and read back`,
  arrange: shareWith(40),
  async ours(setting) {
    const { organization, checkpoint } = setting;
    const { permissions } = await organization.permissions.read(checkpoint);
    const revoked = permissions.slice(0, CHANGED).map((permission) => ({ checkpoint, permission }));
    return applied(setting, planRevokes(revoked));
  },
  sdk: revoking(({ sdk, checkpoint }) => everything(sdk.list(checkpoint, LARGEST))),
  sdkByDefault: revoking(({ sdk, checkpoint }) => everything(sdk.list(checkpoint))),
};

export const tasks: readonly Task[] = [expand, listEverything, accessMatrix, grant, revoke];
