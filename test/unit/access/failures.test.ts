import assert from 'node:assert/strict';
import { type FailureFacts, factsOf, whyNotVerified } from '../../../src/access/failures';
import { APIConnectionError } from '../../../src/openai';
import { explain, explanationInWords } from '../../../src/words/errors';
import { type Emulator, type Fault, faults, startEmulator } from '../../emulator';
import { checkpoint, organizationAt } from './support';

const errorBody = (message: string) => ({
  error: { message, type: 'invalid_request_error', param: null, code: null },
});
const wrongKey = errorBody('Incorrect API key provided: te****ey.');
const missingScope = errorBody(
  'You have insufficient permissions for this operation. Missing scopes: api.fine_tuning.checkpoints.read. Check that you have the correct role.',
);

const cases: Readonly<
  Record<string, readonly [Fault, FailureFacts['kind'], facts?: Readonly<Record<string, unknown>>]>
> = {
  '400': [faults.status(400), 'badRequest'],
  '401 wrong key': [faults.status(401, { body: wrongKey }), 'unauthorized'],
  '401 missing scope': [
    faults.status(401, { body: missingScope }),
    'missingScopes',
    { scopes: ['api.fine_tuning.checkpoints.read'] },
  ],
  '403': [faults.status(403), 'forbidden'],
  '404': [faults.status(404), 'notFound'],
  '404 of a page': [faults.html(404), 'notFromTheAPI'],
  '409': [faults.status(409), 'conflict'],
  '418': [faults.status(418), 'otherRefusal', { status: 418 }],
  '429': [faults.tooManyRequests({ shouldRetry: false }), 'rateLimit'],
  '500': [faults.status(500), 'serverError', { status: 500 }],
  '502 of a page': [faults.html(502), 'serverError', { status: 502 }],
  'HTML 200': [faults.html(200), 'notFromTheAPI'],
  'connection reset': [faults.resetBeforeAnswer, 'connection', { of: 'reset', code: 'ECONNRESET' }],
};

describe('failures, classified', () => {
  let emulator: Emulator;

  before(async () => {
    emulator = await startEmulator();
  });
  after(() => emulator.stop());
  beforeEach(() => {
    emulator.reset();
    emulator.organization.addCheckpoint(checkpoint, { permissions: 3 });
  });

  async function failureOf(
    fault: Fault | undefined,
    at: Pick<Emulator, 'baseURL' | 'adminAPIKey'> = emulator,
  ) {
    if (fault) emulator.fail(undefined, fault);
    const organization = organizationAt(at);
    try {
      return await organization.permissions.read(checkpoint).then(
        () => assert.fail('It did not fail.'),
        (error: unknown) => error,
      );
    } finally {
      organization.dispose();
    }
  }

  for (const [name, [fault, kind, facts = {}]] of Object.entries(cases))
    it(`${name} is ${kind}, and its words are free of keys and slips`, async () => {
      const error = await failureOf(fault);
      const found: Readonly<Record<string, unknown>> = { ...factsOf(error) };
      assert.equal(found.kind, kind);
      for (const [fact, value] of Object.entries(facts)) assert.deepEqual(found[fact], value);
      assert.doesNotMatch(explanationInWords(explain(error)), /test-admin-key|undefined|\[object/);
    });

  it('a server that is gone is a refused connection of its host', async () => {
    const gone = await startEmulator();
    const { baseURL, adminAPIKey } = gone;
    await gone.stop();
    const { host } = new URL(baseURL);
    const code = 'ECONNREFUSED';
    const facts = { kind: 'connection', of: 'refused', host, code };
    assert.deepEqual(factsOf(await failureOf(undefined, { baseURL, adminAPIKey })), facts);
  });

  it('Truth 3: a change that was sent is never called refused, whatever the code', () => {
    for (const kind of ['refused', 'dns', 'unreachable'] as const) {
      const error = new APIConnectionError({ kind, code: 'EHOSTUNREACH', host: 'gateway.example' });
      const of = () => (factsOf(error) as { of?: string }).of;
      assert.equal(of(), kind);
      error.uncertain = true;
      assert.equal(of(), 'reset');
    }
  });

  it('that say nothing against a key are told from all others', async () => {
    const expected = {
      '401 missing scope': 'notAllowed',
      '403': 'notAllowed',
      '404': 'noSuchList',
    } as Readonly<Record<string, string | undefined>>;
    for (const [name, [fault]] of Object.entries(cases)) {
      emulator.reset();
      emulator.organization.addCheckpoint(checkpoint, { permissions: 3 });
      assert.equal(whyNotVerified(await failureOf(fault)), expected[name], name);
    }
  });
});
