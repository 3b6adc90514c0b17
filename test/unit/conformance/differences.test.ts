import assert from 'node:assert/strict';
import { cursorTraps, type Emulator, type Fault, faults } from '../../emulator';
import { collect, permissionsOf } from './calls';
import { type Call, converse, model, type Situation } from './conversation';

/** Intentional differences between our client and the official SDK: what each of them does. */
interface Difference extends Situation {
  readonly call: Call;
  readonly theirs: unknown;
  readonly ours: unknown;
}

const answered = (fault: Fault) => (emulator: Emulator) => emulator.fail(undefined, fault);
const everyItem: Call = (client) => collect(permissionsOf(client).list(model, { limit: 100 }));

const differences: Readonly<Record<string, Difference>> = {
  'an empty checkpoint id is not sent: it would be another path': {
    call: (client) => permissionsOf(client).list(''),
    theirs: ['NotFoundError', 1],
    ours: ['OpenAIError', 0],
  },
  'an empty job id is not sent': {
    call: (client) => client.fineTuning.jobs.checkpoints.list(''),
    theirs: ['NotFoundError', 1],
    ours: ['OpenAIError', 0],
  },
  'an empty page of the audit log that promises more is not the end': {
    call: (client) => collect(client.admin.organization.auditLogs.list()),
    arrange: answered(cursorTraps.emptyPage),
    theirs: ['0 items', 1],
    ours: ['IncompleteListError', 1],
  },
  'a page of the audit log without a cursor goes on behind its last event': {
    call: (client) =>
      collect(
        client.admin.organization.auditLogs.list({
          event_types: ['checkpoint.permission.deleted'],
          limit: 3,
        }),
      ),
    arrange: (emulator) => emulator.fail(undefined, cursorTraps.absentCursor, 1),
    theirs: ['3 items', 1],
    ours: ['4 items', 2],
  },
  'a web page is not a project without jobs': {
    call: (client) => collect(client.fineTuning.jobs.list()),
    arrange: answered(faults.html(200)),
    theirs: ['0 items', 1],
    ours: ['UnexpectedResponseError', 1],
  },
  'usage of no known shape is not no use': {
    call: (client) => client.admin.organization.usage.completions({ start_time: 1_700_000_000 }),
    arrange: answered(faults.status(200, { body: {} })),
    theirs: ['a page', 1],
    ours: ['UnexpectedResponseError', 1],
  },
  'an id that cannot be written in a URL is an error of the client’s own': {
    call: (client) => permissionsOf(client).list('ft:\ud800'),
    theirs: ['URIError', 0],
    ours: ['OpenAIError', 0],
  },
  'a page beyond the last is not asked for': {
    call: async (client) => (await permissionsOf(client).list(model, { limit: 100 })).getNextPage(),
    theirs: ['a page', 2],
    ours: ['OpenAIError', 1],
  },
  'a web page is not an empty list': {
    call: everyItem,
    arrange: answered(faults.html(200)),
    theirs: ['0 items', 1],
    ours: ['UnexpectedResponseError', 1],
  },
  'an answer without a list is not an empty one': {
    call: everyItem,
    arrange: answered(faults.status(200, { body: {} })),
    theirs: ['0 items', 1],
    ours: ['UnexpectedResponseError', 1],
  },
  'an empty page that promises more is not the end': {
    call: everyItem,
    arrange: answered(cursorTraps.emptyPage),
    theirs: ['0 items', 1],
    ours: ['IncompleteListError', 1],
  },
  'a redirect is not followed': {
    call: (client) => permissionsOf(client).list(model),
    arrange: (emulator) => emulator.fail(undefined, faults.redirect(`${emulator.baseURL}/models`), 1),
    theirs: ['PermissionDeniedError', 2],
    ours: ['UnexpectedResponseError', 1],
  },
};

function told({ requests, result, error }: Awaited<ReturnType<typeof converse>>['ours']) {
  const kind = Array.isArray(result) ? `${result.length} items` : 'a page';
  return [error === undefined ? kind : (error as Error).constructor.name, requests.length];
}

describe('where our client differs from the official SDK, on purpose', () => {
  for (const [title, { call, theirs, ours, arrange }] of Object.entries(differences))
    it(title, async () => {
      const both = await converse(call, { arrange });
      assert.deepEqual(told(both.sdk), theirs, 'the SDK has changed');
      assert.deepEqual(told(both.ours), ours);
    });

  it('a page without a cursor goes on behind its last item: all 25, not the first ten', async () => {
    const both = await converse((client) => collect(permissionsOf(client).list(model)), {
      arrange: (emulator) => emulator.fail(undefined, cursorTraps.nullCursor, 2),
    });
    assert.deepEqual(told(both.sdk), ['10 items', 1]);
    assert.deepEqual(told(both.ours), ['25 items', 3]);
  });
});
