import type { AuditLogListParams, UsageCompletionsParams } from '../../../src/openai';
import { AuditRecord } from '../../../src/sample/state/auditRecord';
import type { Emulator } from '../../emulator';
import { collect } from './calls';
import type { Call, EitherClient } from './conversation';

const organizationOf = (client: EitherClient) => client.admin.organization;
const jobsOf = (client: EitherClient) => client.fineTuning.jobs;

/** Unix seconds by the emulator's clock, a number of days ago. */
const daysAgo = (emulator: Emulator, days: number) => emulator.organization.state.seconds() - days * 86_400;

/** The id of an event with others before and after it. */
const sixthEvent = (emulator: Emulator) =>
  new AuditRecord(emulator.organization.state).newestFirst[5]?.id ?? '';

const auditQueries: Readonly<Record<string, (emulator: Emulator) => AuditLogListParams>> = {
  nothing: () => ({}),
  'a page size': () => ({ limit: 100 }),
  'two types': () => ({
    event_types: ['checkpoint.permission.created', 'checkpoint.permission.deleted'],
    limit: 100,
  }),
  'one type': () => ({ event_types: ['checkpoint.permission.deleted'] }),
  'no type at all': () => ({ event_types: [], limit: 3 }),
  'every bound of the time': (emulator) => ({
    effective_at: { gt: daysAgo(emulator, 90), gte: 0, lt: daysAgo(emulator, 9), lte: daysAgo(emulator, 8) },
  }),
  'the grants and revokes of a person in a period': (emulator) => ({
    event_types: ['checkpoint.permission.created', 'checkpoint.permission.deleted'],
    limit: 100,
    actor_ids: ['key_harbor1', 'user-harbor'],
    effective_at: { gte: daysAgo(emulator, 400), lte: daysAgo(emulator, 1) },
  }),
  'people, keys, targets and projects': (emulator) => ({
    actor_emails: ['ines.duarte@harbor-labs.example', 'a+b&c=d@example.com'],
    actor_ids: ['key_harbor1', 'user-harbor'],
    resource_ids: ['cp_a', 'proj_b'],
    project_ids: [...emulator.organization.state.projects.keys()].slice(0, 2),
  }),
  'only what is above projects': () => ({ tenant_only: true }),
  'a page before': (emulator) => ({
    before: sixthEvent(emulator),
    limit: 2,
  }),
  'a page after': (emulator) => ({
    after: sixthEvent(emulator),
    limit: 2,
  }),
};

const usageQueries: Readonly<Record<string, (emulator: Emulator) => UsageCompletionsParams>> = {
  'a start': (emulator) => ({ start_time: daysAgo(emulator, 3) }),
  'groups and models': (emulator) => ({
    start_time: daysAgo(emulator, 20),
    end_time: daysAgo(emulator, 2),
    bucket_width: '1d',
    group_by: ['model', 'project_id'],
    models: ['ft:gpt-4.1-2025-04-14:harbor-labs::Ct1hWq8Z', 'gpt-4.1-2025-04-14'],
    limit: 31,
  }),
  'every other filter': (emulator) => ({
    start_time: daysAgo(emulator, 1),
    bucket_width: '1h',
    group_by: ['user_id', 'api_key_id', 'batch', 'service_tier'],
    project_ids: [...emulator.organization.state.projects.keys()].slice(0, 3),
    user_ids: ['user-harbor'],
    api_key_ids: ['key_a'],
    batch: false,
  }),
};

/** The fields that both clients know. The SDK keeps unknown fields, our client drops them. */
const eventFields = [
  'id',
  'type',
  'effective_at',
  'actor',
  'project',
  'checkpoint.permission.created',
  'checkpoint.permission.deleted',
];
const jobFields = [
  'id',
  'status',
  'fine_tuned_model',
  'created_at',
  'finished_at',
  'error',
  'model',
  'trained_tokens',
];
const resultFields = [
  'num_model_requests',
  'input_tokens',
  'output_tokens',
  'model',
  'project_id',
  'user_id',
  'batch',
];

function only(names: readonly string[], object: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(object).filter(([name]) => names.includes(name)));
}

async function itemsWith(names: readonly string[], items: AsyncIterable<{ readonly id: string }>) {
  return (await collect(items)).map((item) => only(names, item as object));
}

async function pageWith(
  names: readonly string[],
  answer: PromiseLike<{ data: readonly object[]; has_more: boolean; hasNextPage(): boolean }>,
) {
  const page = await answer;
  const { data, has_more } = page;
  return { items: data.map((item) => only(names, item)), has_more, hasNextPage: page.hasNextPage() };
}

async function usagePage(
  answer: PromiseLike<{
    data: readonly { start_time: number; end_time: number; results: readonly object[] }[];
    has_more: boolean;
    next_page: string | null;
  }>,
) {
  const { data, has_more, next_page } = await answer;
  const buckets = data.map(({ start_time, end_time, results }) => ({
    start_time,
    end_time,
    results: results.map((result) => only(resultFields, result)),
  }));
  return { buckets, has_more, next_page };
}

/** The steps of the first job that has any. */
async function steps(client: EitherClient, limit?: number) {
  const [job] = (await jobsOf(client).list({ limit: 1 })).data;
  return collect(jobsOf(client).checkpoints.list(job?.id ?? '', limit === undefined ? {} : { limit }));
}

function entries(): [string, Call][] {
  return [
    ...Object.entries(auditQueries).flatMap(([title, query]): [string, Call][] => [
      [
        `auditLogs.list with ${title}`,
        (client, emulator) =>
          pageWith(eventFields, organizationOf(client).auditLogs.list(query(emulator) as object)),
      ],
      [
        `every item of auditLogs.list with ${title}`,
        (client, emulator) =>
          itemsWith(eventFields, organizationOf(client).auditLogs.list(query(emulator) as object)),
      ],
    ]),
    ...Object.entries(usageQueries).map(([title, query]): [string, Call] => [
      `usage.completions with ${title}`,
      (client, emulator) => usagePage(organizationOf(client).usage.completions(query(emulator))),
    ]),
  ];
}

/** Calls of the endpoints beside the permissions, by what they are. */
export const neighbourCalls: Readonly<Record<string, Call>> = {
  ...Object.fromEntries(entries()),
  'usage.completions window by window': async (client, emulator) => {
    const { usage } = organizationOf(client);
    const [first, second, third] = [10, 6, 2].map((days) => daysAgo(emulator, days));
    return [
      await usagePage(usage.completions({ start_time: first ?? 0, end_time: second ?? 0, limit: 4 })),
      await usagePage(usage.completions({ start_time: second ?? 0, end_time: third ?? 0, limit: 4 })),
    ];
  },
  'every item of jobs.list': (client) => itemsWith(jobFields, jobsOf(client).list()),
  'every item of jobs.list, one a page': (client, emulator) => {
    const { state, projectAPIKey } = emulator.organization;
    const owner = state.keys.get(projectAPIKey)?.project ?? '';
    emulator.organization.addCheckpoint('ft:gpt-4.1-2025-04-14:harbor-labs::FFFFFFFF', { owner });
    return itemsWith(jobFields, jobsOf(client).list({ limit: 1 }));
  },
  'every item of jobs.checkpoints.list': (client) => steps(client),
  'every item of jobs.checkpoints.list, one a page': (client) => steps(client, 1),
  'models.list': (client) => client.models.list(),
  'every item of models.list': (client) => collect(client.models.list()),
};
