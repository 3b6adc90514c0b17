import {
  type ClientOptions,
  type FieldMismatch,
  OpenAIAdmin,
  OpenAIProject,
  type ProjectClientOptions,
} from '../../../../src/openai';
import { LeapingClock, testKey } from './client';
import { json } from './replies';
import { atEnd, type Reply } from './server';

/** Concatenated, so that no text in the repository looks like a key. */
export const testProjectKey = ['sk', 'proj', 'canary', 'of', 'the', 'tests'].join('-');

export interface BothClients {
  readonly admin: OpenAIAdmin;
  readonly project: OpenAIProject;
}

/** A client of each kind of key, whose waits take no time; closed by `endAll`. */
export function bothClients(
  baseURL: string,
  options: Partial<ClientOptions & ProjectClientOptions> = {},
): BothClients {
  const clock = new LeapingClock();
  return {
    admin: atEnd(new OpenAIAdmin({ adminAPIKey: testKey, baseURL, clock, ...options })),
    project: atEnd(new OpenAIProject({ apiKey: testProjectKey, baseURL, clock, ...options })),
  };
}

/** A read of another resource than permissions: its call, request, and response. */
export interface Neighbour {
  readonly read: (clients: BothClients) => PromiseLike<unknown>;
  /** To the end, where there are pages. */
  readonly readAll?: (clients: BothClients) => Promise<readonly unknown[]>;
  /** Path and query as sent. */
  readonly target: string;
  readonly key: string;
  /** One item, as the API sends it. */
  readonly item: Readonly<Record<string, unknown>>;
  /** Puts items into an answer. */
  readonly answer: (data: readonly object[], more?: boolean) => Record<string, unknown>;
  /** A field that must be there, and how its absence is reported. */
  readonly required: readonly [name: string, mismatch: FieldMismatch];
}

const missing = (field: string, expected: string): FieldMismatch => ({ field, found: 'undefined', expected });

const listOf = (data: readonly object[], has_more = false) => ({ object: 'list', data, has_more });

/** An answer that is one object, as the answer and as what is read. */
const onlyItem = ([item]: readonly object[]) => ({ ...item });
const asList = async (item: PromiseLike<object>) => ({ data: [await item] });

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const read: T[] = [];
  for await (const item of items) read.push(item);
  return read;
}

export const neighbours: Readonly<Record<string, Neighbour>> = {
  'projects.list': {
    read: ({ admin }) => admin.admin.organization.projects.list({ limit: 3 }),
    readAll: ({ admin }) => collect(admin.admin.organization.projects.list()),
    target: '/organization/projects?limit=3',
    key: testKey,
    item: { id: 'proj_a', object: 'organization.project', name: 'A', status: 'active', created_at: 1 },
    answer: listOf,
    required: ['id', missing('data[0].id', 'non-empty string')],
  },
  'projects.retrieve': {
    read: ({ admin }) => asList(admin.admin.organization.projects.retrieve('proj_a')),
    target: '/organization/projects/proj_a',
    key: testKey,
    item: { id: 'proj_a', object: 'organization.project', name: 'A', status: 'active', created_at: 1 },
    answer: onlyItem,
    required: ['id', missing('id', 'non-empty string')],
  },
  'projects.modelPermissions.retrieve': {
    read: ({ admin }) => asList(admin.admin.organization.projects.modelPermissions.retrieve('proj_a')),
    target: '/organization/projects/proj_a/model_permissions',
    key: testKey,
    item: { object: 'project.model_permissions', mode: 'deny_list', model_ids: ['o3', 'ft:a:b::c'] },
    answer: onlyItem,
    required: ['mode', missing('mode', '"allow_list" or "deny_list"')],
  },
  'projects.apiKeys.list': {
    read: ({ admin }) =>
      admin.admin.organization.projects.apiKeys.list('proj_a', { limit: 3, owner_project_access: 'any' }),
    readAll: ({ admin }) => collect(admin.admin.organization.projects.apiKeys.list('proj_a')),
    target: '/organization/projects/proj_a/api_keys?limit=3&owner_project_access=any',
    key: testKey,
    item: {
      id: 'key_a',
      object: 'organization.project.api_key',
      name: 'A',
      redacted_value: '',
      created_at: 1,
      last_used_at: null,
      expires_at: 9,
      owner: { type: 'user', user: { id: 'user-a', email: 'a@example.com' } },
      owner_project_access: 'active',
    },
    answer: listOf,
    required: ['id', missing('data[0].id', 'non-empty string')],
  },
  'auditLogs.list': {
    read: ({ admin }) =>
      admin.admin.organization.auditLogs.list({
        event_types: ['checkpoint.permission.created', 'checkpoint.permission.deleted'],
        effective_at: { gte: 5 },
        limit: 100,
      }),
    readAll: ({ admin }) => collect(admin.admin.organization.auditLogs.list()),
    target:
      '/organization/audit_logs?event_types%5B%5D=checkpoint.permission.created' +
      '&event_types%5B%5D=checkpoint.permission.deleted&effective_at%5Bgte%5D=5&limit=100',
    key: testKey,
    item: {
      id: 'audit_log-a',
      type: 'checkpoint.permission.created',
      effective_at: 7,
      actor: { type: 'session', session: { user: { id: 'user-a', email: 'a@example.com' } } },
      'checkpoint.permission.created': {
        id: 'cp_a',
        data: { project_id: 'proj_a', fine_tuned_model_checkpoint: 'ft:a:b::c' },
      },
    },
    answer: listOf,
    required: ['effective_at', missing('data[0].effective_at', 'finite number')],
  },
  'usage.completions': {
    read: ({ admin }) =>
      admin.admin.organization.usage.completions({
        start_time: 0,
        bucket_width: '1d',
        group_by: ['model', 'project_id'],
        models: ['ft:a:b::c'],
      }),
    target:
      '/organization/usage/completions?start_time=0&bucket_width=1d' +
      '&group_by%5B%5D=model&group_by%5B%5D=project_id&models%5B%5D=ft%3Aa%3Ab%3A%3Ac',
    key: testKey,
    item: {
      object: 'bucket',
      start_time: 0,
      end_time: 86_400,
      results: [
        {
          object: 'organization.usage.completions.result',
          input_tokens: 3,
          output_tokens: 2,
          num_model_requests: 1,
          model: 'ft:a:b::c',
          project_id: null,
        },
      ],
    },
    answer: (data, has_more = false) => ({
      object: 'page',
      data,
      has_more,
      next_page: has_more ? `page_${(data[0] as { start_time?: number }).start_time}` : null,
    }),
    required: ['results', missing('data[0].results', 'array')],
  },
  'jobs.list': {
    read: ({ project }) => project.fineTuning.jobs.list({ after: 'ftjob-0', limit: 3 }),
    readAll: ({ project }) => collect(project.fineTuning.jobs.list()),
    target: '/fine_tuning/jobs?after=ftjob-0&limit=3',
    key: testProjectKey,
    item: {
      id: 'ftjob-a',
      object: 'fine_tuning.job',
      created_at: 1,
      finished_at: null,
      model: 'gpt-4.1',
      fine_tuned_model: null,
      status: 'failed',
      error: { code: 'invalid_training_file', message: 'No.', param: null },
    },
    answer: listOf,
    required: ['id', missing('data[0].id', 'non-empty string')],
  },
  'jobs.checkpoints.list': {
    read: ({ project }) => project.fineTuning.jobs.checkpoints.list('ftjob-a', { limit: 3 }),
    readAll: ({ project }) => collect(project.fineTuning.jobs.checkpoints.list('ftjob-a')),
    target: '/fine_tuning/jobs/ftjob-a/checkpoints?limit=3',
    key: testProjectKey,
    item: {
      id: 'ftckpt_a',
      object: 'fine_tuning.job.checkpoint',
      created_at: 1,
      fine_tuned_model_checkpoint: 'ft:a:b::c:ckpt-step-8',
      fine_tuning_job_id: 'ftjob-a',
      step_number: 8,
      metrics: { step: 8, train_loss: 0.5 },
    },
    answer: listOf,
    required: [
      'fine_tuned_model_checkpoint',
      missing('data[0].fine_tuned_model_checkpoint', 'non-empty string'),
    ],
  },
  'models.list': {
    read: ({ project }) => project.models.list(),
    target: '/models',
    key: testProjectKey,
    item: { id: 'ft:a:b::c', object: 'model', created: 1, owned_by: 'b', shutdown_date: '2027-01-14' },
    answer: (data) => ({ object: 'list', data }),
    required: ['id', missing('data[0].id', 'non-empty string')],
  },
};

/** The answer that is as it should be, with its one item. */
export const wellAnswered = ({ answer, item }: Neighbour): Reply => json(answer([item]));
