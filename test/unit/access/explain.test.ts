import assert from 'node:assert/strict';
import { explain, explanationInWords } from '../../../src/words/errors';
import { type Emulator, type Fault, faults, startEmulator } from '../../emulator';
import { checkpoint, organizationAt } from './support';

const wrongKey = {
  error: {
    message: 'Incorrect API key provided: te****ey.',
    type: 'invalid_request_error',
    param: null,
    code: 'invalid_api_key',
  },
};
const missingScope = {
  error: {
    message:
      'You have insufficient permissions for this operation. Missing scopes: api.fine_tuning.checkpoints.read. Check that you have the correct role.',
    type: 'invalid_request_error',
    param: null,
    code: null,
  },
};

interface Case {
  readonly fault: Fault;
  readonly what: RegExp;
  readonly next: RegExp;
}

const cases: Readonly<Record<string, Case>> = {
  '400': { fault: faults.status(400), what: /refused the request/, next: /Check the ids/ },
  '401 wrong key': {
    fault: faults.status(401, { body: wrongKey }),
    what: /did not accept the admin API key/,
    next: /Set an admin API key/,
  },
  '401 missing scope': {
    fault: faults.status(401, { body: missingScope }),
    what: /missing the scope api\.fine_tuning\.checkpoints\.read/,
    next: /The key itself is right/,
  },
  '403': { fault: faults.status(403), what: /not allowed/, next: /organization owner/ },
  '404': { fault: faults.status(404), what: /knows no such checkpoint/, next: /Check the id/ },
  '409': { fault: faults.status(409), what: /Someone else/, next: /Refresh/ },
  '418': { fault: faults.status(418), what: /\(418\)/, next: /log/ },
  '429': {
    fault: faults.tooManyRequests({ shouldRetry: false }),
    what: /rate limit/,
    next: /Wait about a minute/,
  },
  '500': { fault: faults.status(500), what: /server failed \(500\)/, next: /Try again in a while/ },
  'HTML 200': {
    fault: faults.html(200),
    what: /not come from the OpenAI API/,
    next: /proxy, gateway or sign-in page/,
  },
  'connection reset': {
    fault: faults.resetBeforeAnswer,
    what: /connection to the server was lost/,
    next: /network/,
  },
};

describe('failures in words', () => {
  let emulator: Emulator;

  before(async () => {
    emulator = await startEmulator();
  });
  after(() => emulator.stop());
  beforeEach(() => {
    emulator.reset();
    emulator.organization.addCheckpoint(checkpoint, { permissions: 3 });
  });

  async function failureOf(fault: Fault | undefined, origin?: Partial<Emulator>): Promise<unknown> {
    if (fault) emulator.fail(undefined, fault);
    const organization = organizationAt(
      origin ? ({ ...origin, adminAPIKey: 'test-admin-key' } as Emulator) : emulator,
    );
    try {
      await organization.permissions.read(checkpoint);
    } catch (error) {
      return error;
    } finally {
      organization.dispose();
    }
    throw new Error('It did not fail.');
  }

  for (const [name, { fault, what, next }] of Object.entries(cases)) {
    it(`${name} says what happened and what to do next`, async () => {
      const explained = explain(await failureOf(fault));
      assert.match(explained.what, what);
      assert.match(explained.next, next);
      assert.doesNotMatch(explanationInWords(explained), /test-admin-key|undefined|\[object/);
    });
  }

  it('has a sentence of its own for each', async () => {
    const sentences = new Set<string>();
    for (const { fault } of Object.values(cases)) {
      emulator.reset();
      emulator.organization.addCheckpoint(checkpoint, { permissions: 3 });
      sentences.add(explain(await failureOf(fault)).what);
    }
    assert.equal(sentences.size, Object.keys(cases).length);
  });

  it('names the setting to look at when nobody listens', async () => {
    const gone = await startEmulator();
    const { baseURL } = gone;
    await gone.stop();
    const explained = explain(await failureOf(undefined, { baseURL }));
    assert.match(explained.what, /refused the connection/);
    assert.match(explained.next, /Base URL/);
  });

  it('puts in words what is not an error of the client', () => {
    assert.match(
      explanationInWords(explain(new TypeError('x is not a function'))),
      /went wrong in the extension \(x is not/,
    );
    assert.match(explanationInWords(explain('thrown text')), /thrown text/);
  });
});
