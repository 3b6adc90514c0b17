import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import {
  APIConnectionError,
  APIConnectionTimeoutError,
  APIError,
  AuthenticationError,
  BadRequestError,
  ConflictError,
  IncompleteListError,
  InternalServerError,
  NotFoundError,
  OpenAIError,
  PermissionDeniedError,
  RateLimitError,
  type Transport,
  UnexpectedResponseError,
  type UnexpectedResponseFacts,
  UnprocessableEntityError,
} from '../../../src/openai';
import { clientOf, rejection, testCheckpoint, testKey } from './support/client';
import { apiError, json, list, raw } from './support/replies';
import { endAll, type Reply, serve } from './support/server';

async function refused(reply: Reply): Promise<APIError> {
  const server = await serve(reply);
  const { client } = clientOf(server.baseURL, { maxRetries: 0 });
  return rejection(client.fineTuning.checkpoints.permissions.list(testCheckpoint), APIError);
}

async function failed(error: unknown): Promise<APIError> {
  const transport: Transport = { send: () => Promise.reject(error) };
  const { client } = clientOf('https://gateway.example/v1', { transport, maxRetries: 0 });
  return rejection(client.fineTuning.checkpoints.permissions.list(testCheckpoint), APIError);
}

describe('An answer that refuses', () => {
  afterEach(endAll);

  const classes: [number, typeof APIError][] = [
    [400, BadRequestError],
    [401, AuthenticationError],
    [403, PermissionDeniedError],
    [404, NotFoundError],
    [409, ConflictError],
    [422, UnprocessableEntityError],
    [429, RateLimitError],
    [500, InternalServerError],
    [503, InternalServerError],
    [418, APIError],
  ];
  for (const [status, Class] of classes)
    it(`with ${status} is ${Class.name}`, async () => {
      const error = await refused(
        apiError(status, 'Words of the server.', {}, { code: 'some_code', param: 'limit' }),
      );
      assert.equal(error.constructor, Class);
      assert.equal(error.name, Class.name);
      assert.ok(error instanceof OpenAIError);
      assert.deepEqual(
        [
          error.status,
          error.message,
          error.serverMessage,
          error.code,
          error.param,
          error.type,
          error.requestID,
        ],
        [
          status,
          `${status} Words of the server.`,
          'Words of the server.',
          'some_code',
          'limit',
          'invalid_request_error',
          'req_test',
        ],
      );
      assert.equal(error.headers?.get('content-type'), 'application/json');
    });

  it('for missing scopes names them, at 401 and 403', async () => {
    const message =
      'You have insufficient permissions for this operation. Missing scopes: api.fine_tuning.checkpoints.write, api.x. Check that you have the correct role.';
    for (const status of [401, 403])
      assert.deepEqual((await refused(apiError(status, message))).missingScopes, [
        'api.fine_tuning.checkpoints.write',
        'api.x',
      ]);
    assert.deepEqual((await refused(apiError(401, 'Incorrect API key provided.'))).missingScopes, []);
    assert.deepEqual((await refused(apiError(400, message))).missingScopes, []);
  });

  it('for the owning project names it', async () => {
    const message = 'Cannot modify checkpoint permissions for the owning project: proj_owner1';
    assert.equal((await refused(apiError(400, message))).owningProject, 'proj_owner1');
    assert.equal((await refused(apiError(400, 'Malformed id.'))).owningProject, undefined);
  });

  const bodies: Record<string, [Reply, string]> = {
    'only text': [json({ error: 'Just words.' }, 400), '400 Just words.'],
    'only plain text': [raw('Bad gateway', 502, { 'content-type': 'text/plain' }), '502 Bad gateway'],
    'a web page': [
      raw('<html><head><title>Access <b>denied</title><body>…', 403, { 'content-type': 'text/html' }),
      '403 Web page "Access"',
    ],
    'a web page that says it is JSON': [
      raw(' <!DOCTYPE html><p>', 502, { 'content-type': 'application/json' }),
      '502 Web page',
    ],
    'an empty body': [raw('', 500), '500 status code (no body)'],
    'an error that is null': [json({ error: null }, 400), '400 {"error":null}'],
    'another kind of JSON': [json(['no'], 400), '400 ["no"]'],
    'cut-off JSON': [
      raw('{"error": {"mess', 500, { 'content-type': 'application/json' }),
      '500 {"error": {"mess',
    ],
    'a code that is a number': [
      json({ error: { message: 'Odd.', code: 7, type: {}, param: [] } }, 400),
      '400 Odd.',
    ],
    'a message that is no text': [
      json({ error: { message: { a: 1 } } }, 400),
      '400 {"error":{"message":{"a":1}}}',
    ],
  };
  for (const [what, [reply, message]] of Object.entries(bodies))
    it(`with ${what} still says something`, async () =>
      assert.equal((await refused(reply)).message, message));

  it('is cut short and put on one line', async () => {
    const error = await refused(apiError(400, `One\r\n\ttwo \u202e${'x'.repeat(9999)}`));
    assert.match(error.message, /^400 One two x+…$/);
    assert.ok(error.message.length < 1010);
  });

  it('never repeats the key, whatever the server echoes', async () => {
    const echo = `Incorrect API key provided: ${testKey}. Sent "authorization: Bearer ${testKey}", cookie: a=${testKey}`;
    const replies: Reply[] = [
      apiError(
        401,
        echo,
        { 'x-echo': testKey, 'set-cookie': `k=${testKey}`, 'x-request-id': testKey },
        { code: testKey, param: testKey, type: testKey },
      ),
      json({ error: { message: testKey, more: { [testKey]: testKey } }, [testKey]: testKey }, 401),
      json({ error: testKey }, 500),
      raw(`<html><title>${testKey}</title>${testKey}`, 502, { 'content-type': 'text/html' }),
      raw(`"\\u0073${testKey.slice(1)}" ${testKey}`, 400),
      json({ [testKey]: testKey, object: testKey }),
      json({ object: 'list' }, 302, { location: `https://${testKey}.example/?k=${testKey}` }),
      raw(testKey, 200, { 'content-type': testKey }),
    ];
    for (const reply of replies) {
      const error = await refused(reply);
      assert.ok(!inspect(error, { depth: null, showHidden: true }).includes(testKey), inspect(error));
      assert.ok(!JSON.stringify(error).includes(testKey));
      assert.ok(!String(error.headers && [...error.headers]).includes(testKey));
    }
  });
});

describe('A key that is echoed where a text is cut short', () => {
  afterEach(endAll);
  // The rest of the key is too short to look like one.
  const echo = `${'x'.repeat(194)} ${testKey}`;

  it('is gone from the title of a web page', async () => {
    for (const status of [200, 502]) {
      const error = await refused(raw(`<html><title>${echo}</title>`, status));
      assert.match(error.pageTitle ?? '', /^x+ /);
      assert.ok(!`${error.pageTitle}${error.message}`.includes('sk-'), error.message);
    }
  });

  it('is gone from the title and from the target of a redirect, in another spelling', async () => {
    const spelled = [...testKey].map((each) => `%${each.charCodeAt(0).toString(16)}`).join('');
    const beginning = '<html><title>Sign in ';
    for (let cut = 1; cut < spelled.length; cut += 5) {
      const title = `${' '.repeat(100_000 - cut - beginning.length)}${beginning}${spelled}</title>`;
      const location = `https://${'x'.repeat(1000 - cut)}${spelled}.example/`;
      const [page, redirect] = await Promise.all([
        refused(raw(title, 502)),
        refused(raw('', 307, { location })),
      ]);
      assert.ok(page instanceof InternalServerError && redirect instanceof UnexpectedResponseError);
      assert.ok(redirect.redirectedTo?.startsWith('https://xx'), redirect.redirectedTo);
      assert.ok(!/%7|%6/.test(`${page.pageTitle}${redirect.redirectedTo}`), `${cut}`);
    }
  });

  it('is gone from the request id that is reported', async () => {
    const server = await serve(list([], {}, { 'x-request-id': echo }));
    const { client, reports } = clientOf(server.baseURL);
    const { data } = await client.fineTuning.checkpoints.permissions.list(testCheckpoint);
    assert.deepEqual(data, []);
    assert.match(reports[0]?.requestId ?? '', /^x+ /);
    assert.ok(!reports[0]?.requestId?.includes('sk-'));
  });

  it('is gone from the request id that comes with the answer', async () => {
    const server = await serve(list([], {}, { 'x-request-id': echo }));
    const page = clientOf(server.baseURL).client.fineTuning.checkpoints.permissions.list(testCheckpoint);
    const { request_id } = await page.withResponse();
    assert.ok(request_id && !request_id.includes('sk-'), String(request_id));
  });
});

describe('An answer that is not of this API', () => {
  afterEach(endAll);

  const page = '<!doctype html><title>Sign in</title>';
  const cases: Record<string, [Reply, reason: string, facts: UnexpectedResponseFacts, message: string]> = {
    'a web page': [
      raw(page, 200, { 'content-type': 'text/html' }),
      'html',
      { pageTitle: 'Sign in' },
      '200 Web page "Sign in"',
    ],
    'an empty body': [
      raw('', 200, { 'content-type': 'application/json' }),
      'empty',
      {},
      '200 Unexpected response: empty.',
    ],
    'no content': [raw('', 204), 'empty', {}, '204 Unexpected response: empty.'],
    'another content type': [
      raw('{}', 200, { 'content-type': 'text/plain' }),
      'content-type',
      { contentType: 'text/plain' },
      '200 Unexpected response: content-type (text/plain).',
    ],
    'cut-off JSON': [
      raw('{"object":"li', 200, { 'content-type': 'application/json' }),
      'json',
      {},
      '200 Unexpected response: json.',
    ],
    'another shape': [
      json({ object: 'list', has_more: false }),
      'shape',
      { mismatch: { field: 'data', found: 'undefined', expected: 'array' } },
      '200 Unexpected response: shape (data is undefined, expected array).',
    ],
    'a redirect': [
      raw('', 307, { location: 'https://elsewhere.example/v1/x?y=z' }),
      'redirect',
      { redirectedTo: 'https://elsewhere.example' },
      '307 Unexpected response: redirect (https://elsewhere.example).',
    ],
  };
  for (const [what, [reply, reason, facts, message]] of Object.entries(cases))
    it(`says so: ${what}`, async () => {
      const error = await refused(reply);
      assert.ok(error instanceof UnexpectedResponseError);
      assert.equal(error.reason, reason);
      assert.equal(error.message, message);
      assert.equal(error.serverMessage, undefined);
      const { pageTitle, redirectedTo, contentType, mismatch } = error;
      const none = {
        pageTitle: undefined,
        redirectedTo: undefined,
        contentType: undefined,
        mismatch: undefined,
      };
      assert.deepEqual({ pageTitle, redirectedTo, contentType, mismatch }, { ...none, ...facts });
      assert.equal(error.uncertain, false);
    });

  it('is not asked for again', async () => {
    const server = await serve(raw(page, 200, { 'content-type': 'text/html' }));
    const { client } = clientOf(server.baseURL);
    await rejection(client.fineTuning.checkpoints.permissions.list(testCheckpoint), UnexpectedResponseError);
    assert.equal(server.seen.length, 1);
  });

  it('leaves a change uncertain', async () => {
    const server = await serve(raw(page, 200, { 'content-type': 'text/html' }));
    const { permissions } = clientOf(server.baseURL).client.fineTuning.checkpoints;
    await assert.rejects(permissions.create(testCheckpoint, { project_ids: ['proj_a'] }), {
      uncertain: true,
    });
    await assert.rejects(permissions.delete('cp_1', { fine_tuned_model_checkpoint: testCheckpoint }), {
      uncertain: true,
    });
    assert.equal(server.seen.length, 2);
  });

  it('may be JSON of any flavour', async () => {
    const body = JSON.stringify({ object: 'list', data: [], has_more: false });
    const server = await serve(
      raw(body, 200, { 'content-type': 'application/vnd.gateway+json; charset=utf-8' }),
      raw(body, 200),
    );
    const { permissions } = clientOf(server.baseURL).client.fineTuning.checkpoints;
    assert.deepEqual((await permissions.list(testCheckpoint)).data, []);
    assert.deepEqual((await permissions.list(testCheckpoint)).data, []);
  });
});

describe('A connection that fails', () => {
  const kinds: Record<string, string> = {
    ECONNREFUSED: 'refused',
    ENOTFOUND: 'dns',
    NOT_LOOPBACK: 'notLoopback',
    EAI_AGAIN: 'dns',
    ETIMEDOUT: 'timeout',
    UND_ERR_CONNECT_TIMEOUT: 'timeout',
    ECONNRESET: 'reset',
    EPIPE: 'reset',
    UND_ERR_SOCKET: 'reset',
    EHOSTUNREACH: 'unreachable',
    ENETUNREACH: 'unreachable',
    DEPTH_ZERO_SELF_SIGNED_CERT: 'certificate',
    SELF_SIGNED_CERT_IN_CHAIN: 'certificate',
    UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'certificate',
    UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'certificate',
    CERT_HAS_EXPIRED: 'certificate',
    ERR_TLS_CERT_ALTNAME_INVALID: 'certificate',
    ERR_SSL_WRONG_VERSION_NUMBER: 'tls',
    EPROTO: 'tls',
    PROXY_AUTH_REQUIRED: 'proxyAuth',
    PROXY_REFUSED: 'proxy',
    INVALID_PURPOSE: 'certificate',
    HPE_INVALID_CONSTANT: 'protocol',
    UND_ERR_INVALID_ARG: 'other',
  };
  for (const [code, kind] of Object.entries(kinds))
    it(`with ${code} is of the kind "${kind}"`, async () => {
      const error = await failed(Object.assign(new Error('it failed'), { code }));
      assert.ok(error instanceof APIConnectionError);
      assert.equal(error instanceof APIConnectionTimeoutError, kind === 'timeout');
      assert.equal(error.kind, kind);
      assert.equal(error.code, code);
      assert.equal(error.host, 'gateway.example');
      assert.equal(error.transportMessage, kind === 'other' ? 'it failed' : undefined);
      const what = { timeout: 'Request timed out', other: 'Connection error: it failed' }[kind];
      assert.equal(error.message, `${what ?? `Connection error: ${kind}`} (gateway.example, ${code}).`);
    });

  it('is told by the code of a cause, as fetch has it', async () => {
    const cause = new AggregateError(
      [Object.assign(new Error('no'), { code: 'ECONNREFUSED' })],
      'all failed',
    );
    const error = await failed(new TypeError('fetch failed', { cause }));
    assert.equal((error as APIConnectionError).kind, 'refused');
  });

  it('never repeats a secret, in its causes neither', async () => {
    const secret = `http://owner:password@proxy.example Bearer ${testKey}`;
    const cause = Object.assign(new Error(secret), {
      code: 'ECONNRESET',
      request: { headers: { authorization: testKey } },
    });
    const error = await failed(
      Object.assign(new Error(secret, { cause }), { options: { authorization: testKey } }),
    );
    const shown = inspect(error, { depth: null, showHidden: true });
    assert.ok(!shown.includes(testKey) && !shown.includes('owner:password'), shown);
    assert.match((error.cause as Error).message, /\[redacted\]@proxy\.example/);
  });

  it('is explained without files and folders of this machine', async () => {
    for (const path of [
      '/usr/lib/some where/x.js',
      'file:///usr/lib/x',
      'C:\\Users\\me\\x.js',
      '"/usr/lib"',
    ]) {
      const { message } = await failed(new Error(`Cannot open ${path}`));
      assert.match(message, /^Connection error: Cannot open /);
      assert.doesNotMatch(message, /usr|Users|me\b/);
    }
  });

  it('is told without a code that is none', async () => {
    for (const code of [testKey, '/usr/lib', ' ', '', 'x y']) {
      const error = await failed(Object.assign(new Error('it failed'), { code }));
      assert.equal(error.message, 'Connection error: it failed (gateway.example).');
      assert.equal(error.code, undefined);
    }
  });

  it('is explained even if what was thrown is no Error', async () => {
    assert.equal((await failed('nothing good')).message, 'Connection error: nothing good (gateway.example).');
    assert.equal((await failed(undefined)).message, 'Connection error: undefined (gateway.example).');
  });
});

describe('An incomplete list', () => {
  it('says how far it came and why it ended', () => {
    const error = new IncompleteListError(1, 'emptyPage');
    assert.deepEqual([error.itemsRead, error.reason], [1, 'emptyPage']);
    assert.equal(error.message, 'Incomplete list: emptyPage (items read: 1)');
    assert.equal(new IncompleteListError(0, 'emptyPage', 'why').cause, 'why');
  });
});
