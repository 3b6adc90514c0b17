import { type Emulator, type Fault, faults } from '../../emulator';
import { permissionsOf } from './calls';
import { type Call, model, type Situation } from './conversation';

/** A call that fails, and how it comes to that. */
export interface Failure extends Situation {
  readonly call: Call;
  /** Why our message has other words than the SDK's; the same words when left out. */
  readonly ownWords?: string;
  /** The code of the failure beneath, where the SDK has none. */
  readonly ownCode?: string;
}

const list: Call = (client) => permissionsOf(client).list(model);
const grant: Call = (client) => permissionsOf(client).create(model, { project_ids: ['proj_a'] });
const revoke: Call = (client) =>
  permissionsOf(client).delete('cp_gone', { fine_tuned_model_checkpoint: model });

const answered = (fault: Fault) => (emulator: Emulator) => emulator.fail(undefined, fault);

function statuses(): Record<string, Failure> {
  const codes = [
    400, 401, 402, 403, 404, 405, 408, 409, 413, 418, 422, 429, 431, 451, 500, 501, 502, 503, 504, 520, 529,
  ];
  const entries = codes.flatMap((code) =>
    Object.entries({ list, grant, revoke }).map(([name, call]): [string, Failure] => [
      `${code} to a ${name}`,
      { call, arrange: answered(faults.status(code)) },
    ]),
  );
  return Object.fromEntries(entries);
}

const refusedByTheAPI: Record<string, Failure> = {
  'a grant to the owning project': {
    call: (client, emulator) => {
      const owner = emulator.organization.state.checkpoints.get(model)?.owner ?? '';
      return permissionsOf(client).create(model, { project_ids: [owner] });
    },
  },
  'a grant to a project that does not exist': { call: grant },
  'a grant to nobody': { call: (client) => permissionsOf(client).create(model, { project_ids: [] }) },
  'a revoke of what is not there': { call: revoke },
  'a checkpoint that does not exist': { call: (client) => permissionsOf(client).list(`${model}0`) },
  'the id of a checkpoint object': { call: (client) => permissionsOf(client).list('ftckpt_a') },
  'a page size of nothing': { call: (client) => permissionsOf(client).list(model, { limit: 0 }) },
  'an order that does not exist': {
    call: (client) => permissionsOf(client).list(model, { order: 'asc' as 'ascending' }),
  },
  'a cursor that does not exist': { call: (client) => permissionsOf(client).list(model, { after: 'cp_x' }) },
  'a page of projects that is too large': {
    call: (client) => client.admin.organization.projects.list({ limit: 101 }),
  },
  'a project that does not exist': {
    call: (client) => client.admin.organization.projects.retrieve('proj_nothing'),
  },
  'a model policy that a project does not have': {
    call: (client, emulator) =>
      client.admin.organization.projects.modelPermissions.retrieve(
        emulator.organization.state.addProject('Without').id,
      ),
  },
  'the keys of a project that does not exist': {
    call: (client) => client.admin.organization.projects.apiKeys.list('proj_nothing'),
  },
  'a page of keys that is too large': {
    call: (client, emulator) =>
      client.admin.organization.projects.apiKeys.list(emulator.organization.state.addProject('Some').id, {
        limit: 101,
      }),
  },
  'an access of owners that does not exist': {
    call: (client, emulator) =>
      client.admin.organization.projects.apiKeys.list(emulator.organization.state.addProject('Some').id, {
        owner_project_access: 'none' as 'any',
      }),
  },
  'an event type that does not exist': {
    call: (client) => client.admin.organization.auditLogs.list({ event_types: ['a.b' as 'user.added'] }),
  },
  'a cursor of no event': {
    call: (client) => client.admin.organization.auditLogs.list({ after: 'audit_log-nothing' }),
  },
  'more days of usage than a page may have': {
    call: (client) => client.admin.organization.usage.completions({ start_time: 0, limit: 32 }),
  },
  'usage of a time that is over before it begins': {
    call: (client) => client.admin.organization.usage.completions({ start_time: 5, end_time: 4 }),
  },
  'a job that does not exist': {
    call: (client) => client.fineTuning.jobs.checkpoints.list('ftjob-nothing'),
  },
  'a page of jobs that is too large': { call: (client) => client.fineTuning.jobs.list({ limit: 101 }) },
  'a project key that is wrong': { call: (client) => client.models.list(), projectAPIKey: 'wrong' },
  'an admin key where a project’s is wanted': {
    call: (client) => client.fineTuning.jobs.list(),
    projectAPIKey: 'test-admin-key',
  },
  'a key without the scope to read the audit log': {
    call: (client) => client.admin.organization.auditLogs.list(),
    arrange: (emulator) => emulator.removeScopes('api.audit_logs.read'),
    ownWords: 'the SDK puts the text into quotation marks, as JSON',
  },
  'a key that is wrong': { call: list, adminAPIKey: 'wrong' },
  'a key without the scope to read': {
    call: list,
    arrange: (emulator) => emulator.removeScopes('api.fine_tuning.checkpoints.read'),
  },
  'a key without the scope to write': {
    call: grant,
    arrange: (emulator) => emulator.removeScopes('api.fine_tuning.checkpoints.write'),
  },
  'an error that is bare text': {
    call: (client) => client.admin.organization.projects.list(),
    arrange: (emulator) => emulator.removeScopes('api.management.read'),
    ownWords: 'the SDK puts the text into quotation marks, as JSON',
  },
};

const bodies: Record<string, Failure> = {
  'an error with all four fields': {
    call: list,
    arrange: answered(
      faults.status(400, { body: { error: { message: 'No.', type: 'a', param: 'b', code: 'c' } } }),
    ),
  },
  'an error with nothing but a message': {
    call: list,
    arrange: answered(faults.status(400, { body: { error: { message: 'No.' } } })),
  },
  'an error without a message': {
    call: list,
    arrange: answered(faults.status(403, { body: { error: { type: 'a', param: null, code: 'c' } } })),
    ownWords: 'the SDK shows the error as JSON',
  },
  'no body at all': { call: list, arrange: answered(faults.status(500, { body: '' })) },
  'text instead of JSON': {
    call: list,
    arrange: answered(
      faults.status(503, { body: 'upstream is away', headers: { 'content-type': 'text/plain' } }),
    ),
  },
  'JSON that is not an error': {
    call: list,
    arrange: answered(faults.status(500, { body: { message: 'No.' } })),
    ownWords: 'the SDK takes any `message` for the error’s; ours are the body',
  },
  'a web page': {
    call: list,
    arrange: answered(faults.html(502)),
    ownWords: 'the SDK shows the whole page; ours says that it is one',
  },
  'no request id': {
    call: list,
    arrange: answered({
      ...faults.status(500),
      answer: () => ({ status: 500, headers: { 'content-type': 'application/json' }, body: '{}' }),
    }),
  },
};

const limits: Record<string, Failure> = {
  'a rate limit without a hint': { call: list, arrange: answered(faults.tooManyRequests()) },
  'a rate limit with Retry-After': {
    call: list,
    arrange: answered(faults.tooManyRequests({ retryAfter: 20 })),
  },
  'a rate limit with retry-after-ms': {
    call: grant,
    arrange: answered(faults.tooManyRequests({ retryAfterMs: 1500 })),
  },
};

const sentence = 'ours says which host did not answer, and why';

const noAnswer: Record<string, Failure> = {
  'a connection that is refused': {
    call: list,
    baseURL: 'http://127.0.0.1:1/v1',
    ownWords: sentence,
    ownCode: 'ECONNREFUSED',
  },
  'a connection that breaks before the answer': {
    call: list,
    arrange: answered(faults.resetBeforeAnswer),
    ownWords: sentence,
    ownCode: 'ECONNRESET',
  },
  'no answer in time': {
    call: (client) => permissionsOf(client).list(model),
    // Long enough for a busy machine to connect and send.
    timeout: 1000,
    arrange: answered(faults.hangInHeaders),
    ownWords: sentence,
    ownCode: 'timeout',
  },
  'a cancel before the call': {
    call: (client) => permissionsOf(client).list(model, {}, { signal: AbortSignal.abort() }),
  },
  'a cancel during the call': {
    call: async (client, emulator) => {
      const controller = new AbortController();
      const listing = permissionsOf(client).list(model, {}, { signal: controller.signal });
      // Both clients send on the first await.
      const settled = listing.then(() => undefined);
      await Promise.all([settled, emulator.requested(1).then(() => controller.abort())]);
    },
    arrange: answered(faults.hangInHeaders),
  },
};

/** Failures that both clients must report as the same error, by title. */
export const failures: Readonly<Record<string, Failure>> = {
  ...statuses(),
  ...refusedByTheAPI,
  ...bodies,
  ...limits,
  ...noAnswer,
};
