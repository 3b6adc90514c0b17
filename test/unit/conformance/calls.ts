import type { PermissionListParams } from '../../../src/openai';
import { projectAPIKey } from '../../../src/sample/state/projectAPIKeys';
import type { Emulator } from '../../emulator';
import { type Call, type EitherClient, model } from './conversation';

type AsyncItems = AsyncIterable<{ readonly id: string }>;

export const permissionsOf = (client: EitherClient) => client.fineTuning.checkpoints.permissions;
const organizationOf = (client: EitherClient) => client.admin.organization;

export async function collect(items: AsyncItems): Promise<unknown[]> {
  const read = [];
  for await (const item of items) read.push(item);
  return read;
}

/** Some permission from the middle of the list. */
function middle(emulator: Emulator) {
  const permission = emulator.organization.state.checkpoints.get(model)?.permissions.all()[12];
  if (!permission) throw new Error('The checkpoint has too few permissions.');
  return permission;
}

function newProjects(emulator: Emulator, count: number): string[] {
  const { state } = emulator.organization;
  return Array.from({ length: count }, (_, index) => state.addProject(`New ${index}`).id);
}

/** The title of a query: its parameters, with ids shortened to what they are. */
function titleOf(query: Readonly<Record<string, unknown>>): string {
  const parts = Object.entries(query).map(([name, value]) =>
    name === 'after' || name === 'project_id' ? name : `${name}=${value}`,
  );
  return parts.join(', ') || 'nothing';
}

function combinations(options: Readonly<Record<string, readonly unknown[]>>): Record<string, unknown>[] {
  return Object.entries(options).reduce<Record<string, unknown>[]>(
    (queries, [name, values]) =>
      queries.flatMap((query) =>
        values.map((value) => (value === undefined ? query : { ...query, [name]: value })),
      ),
    [{}],
  );
}

/** Every combination of the documented parameters; `after` and `project_id` stand for an id that the call looks up. */
const permissionQueries = combinations({
  limit: [undefined, 1, 100],
  order: [undefined, 'ascending', 'descending'],
  after: [undefined, true],
  project_id: [undefined, true],
});

function withIDs(query: Readonly<Record<string, unknown>>, emulator: Emulator): PermissionListParams {
  const { id, project_id } = middle(emulator);
  const ids: Record<string, string> = { after: id, project_id };
  const entries = Object.entries(query).map(([name, value]) => [name, ids[name] ?? value]);
  return Object.fromEntries(entries);
}

function listCalls(): Record<string, Call> {
  const entries = permissionQueries.flatMap((query): [string, Call][] => [
    [
      `permissions.list with ${titleOf(query)}`,
      (client, emulator) => permissionsOf(client).list(model, withIDs(query, emulator)),
    ],
    [
      `permissions.retrieve with ${titleOf(query)}`,
      (client, emulator) => permissionsOf(client).retrieve(model, withIDs(query, emulator)),
    ],
  ]);
  return Object.fromEntries(entries);
}

function iterations(): Record<string, Call> {
  const entries = combinations({
    limit: [undefined, 5, 7, 100],
    order: ['ascending', 'descending'],
    after: [undefined, true],
    project_id: [undefined, true],
  }).flatMap((query): [string, Call][] => [
    [
      `every item of permissions.list with ${titleOf(query)}`,
      (client, emulator) => collect(permissionsOf(client).list(model, withIDs(query, emulator))),
    ],
    [
      `every page of permissions.list with ${titleOf(query)}`,
      async (client, emulator) => {
        const pages = [];
        const first = await permissionsOf(client).list(model, withIDs(query, emulator));
        for await (const page of first.iterPages()) pages.push(page);
        return pages;
      },
    ],
  ]);
  return Object.fromEntries(entries);
}

const changes: Record<string, Call> = {
  'permissions.create for one project': (client, emulator) =>
    permissionsOf(client).create(model, { project_ids: newProjects(emulator, 1) }),
  'permissions.create for thirty projects': (client, emulator) =>
    permissionsOf(client).create(model, { project_ids: newProjects(emulator, 30) }),
  'permissions.create for one that is named twice': (client, emulator) => {
    const [project = ''] = newProjects(emulator, 1);
    return permissionsOf(client).create(model, { project_ids: [project, project] });
  },
  'permissions.create for one that has access': (client, emulator) =>
    permissionsOf(client).create(model, { project_ids: [middle(emulator).project_id] }),
  'every item of permissions.create': (client, emulator) =>
    collect(permissionsOf(client).create(model, { project_ids: newProjects(emulator, 3) })),
  'permissions.delete': (client, emulator) =>
    permissionsOf(client).delete(middle(emulator).id, { fine_tuned_model_checkpoint: model }),
  'permissions.list after a create and a delete': async (client, emulator) => {
    const permissions = permissionsOf(client);
    await permissions.create(model, { project_ids: newProjects(emulator, 2) });
    await permissions.delete(middle(emulator).id, { fine_tuned_model_checkpoint: model });
    return permissions.list(model, { limit: 100 });
  },
};

const neighbours: Record<string, Call> = {
  'every project': (client) => collect(organizationOf(client).projects.list({ limit: 100 })),
  'every project, archived too': (client) =>
    collect(organizationOf(client).projects.list({ limit: 100, include_archived: true })),
  'every admin key, one a page': (client) => collect(organizationOf(client).adminAPIKeys.list({ limit: 1 })),
};

/** A project whose list of keys has several pages, some of people who have left, and that has a model policy. */
function guardedProject(emulator: Emulator): string {
  const { state } = emulator.organization;
  const { id } = state.addProject('Guarded');
  state.modelPolicies.set(id, {
    object: 'project.model_permissions',
    mode: 'deny_list',
    model_ids: ['o3', model],
  });
  const keys = Array.from({ length: 25 }, (_, index) =>
    projectAPIKey(state, id, index, {
      owner: index % 2 ? 'user' : 'service_account',
      createdDaysAgo: 40 - index,
      isOwnerGone: index % 5 === 1,
      ...(index % 3 === 0 && { usedDaysAgo: index }),
    }),
  );
  state.projectAPIKeys.set(id, keys);
  return id;
}

/** What is read of one project. */
const ofProject: Record<string, Call> = {
  'projects.retrieve': (client, emulator) =>
    organizationOf(client).projects.retrieve(guardedProject(emulator)),
  'projects.modelPermissions.retrieve': (client, emulator) =>
    organizationOf(client).projects.modelPermissions.retrieve(guardedProject(emulator)),
  ...Object.fromEntries(
    combinations({
      limit: [undefined, 1, 100],
      owner_project_access: [undefined, 'active', 'inactive', 'any'],
    }).flatMap((query): [string, Call][] => [
      [
        `projects.apiKeys.list with ${titleOf(query)}`,
        (client, emulator) => organizationOf(client).projects.apiKeys.list(guardedProject(emulator), query),
      ],
      [
        `every item of projects.apiKeys.list with ${titleOf(query)}`,
        (client, emulator) =>
          collect(organizationOf(client).projects.apiKeys.list(guardedProject(emulator), query)),
      ],
    ]),
  ),
};

function neighbourLists(): Record<string, Call> {
  const projects = combinations({ limit: [undefined, 1, 100], include_archived: [undefined, true, false] });
  const keys = combinations({ limit: [undefined, 1, 100], order: [undefined, 'asc', 'desc'] });
  return Object.fromEntries([
    ...projects.map((query): [string, Call] => [
      `projects.list with ${titleOf(query)}`,
      (client) => organizationOf(client).projects.list(query),
    ]),
    ...keys.map((query): [string, Call] => [
      `adminAPIKeys.list with ${titleOf(query)}`,
      (client) => organizationOf(client).adminAPIKeys.list(query),
    ]),
    [
      'projects.list after the first page',
      async (client) => {
        const { projects } = organizationOf(client);
        const last = (await projects.list()).data.at(-1)?.id ?? '';
        return projects.list({ after: last });
      },
    ],
    [
      'adminAPIKeys.list after the first page',
      async (client) => {
        const { adminAPIKeys } = organizationOf(client);
        const [first] = (await adminAPIKeys.list({ limit: 1 })).data;
        return adminAPIKeys.list({ after: first?.id ?? '' });
      },
    ],
  ]);
}

/** Ways to write a call that must not differ in what they send. */
const spellings: Record<string, Call> = {
  'permissions.list without a query': (client) => permissionsOf(client).list(model),
  'permissions.list with null for a query': (client) => permissionsOf(client).list(model, null),
  'permissions.list with undefined for a parameter': (client) =>
    permissionsOf(client).list(model, { limit: 5, after: undefined } as never),
  'permissions.retrieve without a query': (client) => permissionsOf(client).retrieve(model),
  'permissions.list of a checkpoint without permissions': (client, emulator) => {
    const id = 'ft:gpt-4.1-2025-04-14:harbor-labs::EEEEEEEE';
    emulator.organization.addCheckpoint(id);
    return permissionsOf(client).list(id);
  },
};

/** Calls for which both clients must send the same requests and return the same results, by title. */
export const calls: Readonly<Record<string, Call>> = {
  ...listCalls(),
  ...iterations(),
  ...changes,
  ...neighbours,
  ...neighbourLists(),
  ...ofProject,
  ...spellings,
};
