import { createUndiciTransport } from '../../../src/openai/undici/transport';
import { type Ending, type Fault, healthy, testFault } from './support/fault';
import { apiError, json, listBody, raw } from './support/replies';
import { endAll } from './support/server';

const jsonType = { 'content-type': 'application/json' };
const htmlType = { 'content-type': 'text/html; charset=utf-8' };
const thisMinute = 'Sat, 21 Nov 2026 12:00:00 GMT';
const nextMinute = 'Sat, 21 Nov 2026 12:01:00 GMT';

/** Invalid success responses: reads are not retried, and changes are uncertain. */
const unexpected = (reason: string, facts: Readonly<Record<string, unknown>> = {}): Fault['endings'] => {
  const ending: Ending = { name: 'UnexpectedResponseError', fields: { reason, ...facts }, sent: 1 };
  return { list: ending, create: { ...ending, uncertain: true }, delete: { ...ending, uncertain: true } };
};

/** An answer that another attempt would not change. */
const final = (name: string, status: number): Fault['endings'] => ({
  all: { name, fields: { status }, message: new RegExp(`^${status} Told by the server\\.$`), sent: 1 },
});

/** An answer worth another attempt, except for a POST. */
const retried = (status: number): Fault['endings'] => {
  const ending: Ending = {
    name: status === 408 ? 'APIError' : 'InternalServerError',
    fields: { status },
    message: new RegExp(`^${status} `),
    sent: 3,
  };
  return {
    list: ending,
    create: { ...ending, sent: 1, uncertain: true },
    delete: { ...ending, uncertain: true },
  };
};

const refusal = (status: number, headers: Record<string, string> = {}) =>
  apiError(status, 'Told by the server.', headers);

const faults: Fault[] = [
  {
    what: 'a web page with 200',
    replies: [raw('<html><title>Sign in</title></html>', 200, htmlType)],
    endings: unexpected('html', { status: 200, pageTitle: 'Sign in' }),
  },
  {
    what: 'a web page with 200 that calls itself JSON',
    replies: [raw('<!doctype html><p>', 200, jsonType)],
    endings: unexpected('html', { pageTitle: '' }),
  },
  {
    what: 'a web page with 502',
    replies: [raw('<html><title>Bad gateway</title></html>', 502, htmlType)],
    endings: retried(502),
  },
  {
    what: 'cut-off JSON',
    replies: [raw('{"object":"list","data":[{"id":"cp', 200, jsonType)],
    endings: unexpected('json'),
  },
  {
    what: 'malformed JSON',
    replies: [raw("{'object': list}", 200, jsonType)],
    endings: unexpected('json'),
  },
  {
    what: 'an empty body',
    replies: [raw('', 200, jsonType)],
    endings: unexpected('empty'),
  },
  { what: 'no content', replies: [raw('', 204)], endings: unexpected('empty') },
  {
    what: 'another content type',
    replies: [raw('{"object":"list","data":[],"has_more":false}', 200, { 'content-type': 'text/plain' })],
    endings: unexpected('content-type', { contentType: 'text/plain' }),
  },
  {
    what: 'a missing field',
    replies: [json({ object: 'list', data: [] })],
    endings: {
      list: {
        name: 'UnexpectedResponseError',
        fields: {
          reason: 'shape',
          mismatch: { field: 'has_more', found: 'undefined', expected: 'boolean' },
        },
        sent: 1,
      },
      delete: {
        name: 'UnexpectedResponseError',
        fields: {
          reason: 'shape',
          mismatch: { field: 'id', found: 'undefined', expected: 'non-empty string' },
        },
        sent: 1,
        uncertain: true,
      },
    },
  },
  {
    what: 'a field of a wrong type',
    replies: [
      json(listBody([], { data: [{ id: 'cp_1', object: 'checkpoint.permission', created_at: 'today' }] })),
    ],
    endings: {
      create: {
        name: 'UnexpectedResponseError',
        fields: {
          reason: 'shape',
          mismatch: { field: 'data[0].created_at', found: 'string', expected: 'finite number' },
        },
        sent: 1,
        uncertain: true,
      },
    },
  },
  {
    what: 'a body above the limit',
    replies: [raw(JSON.stringify({ padding: 'x'.repeat(5000) }), 200, jsonType)],
    endings: unexpected('too-large'),
    options: () => ({ transport: createUndiciTransport({ maxBodySize: 4000 }) }),
  },
  ...[301, 302, 303, 307, 308].map((status) => ({
    what: `a ${status} to another host`,
    replies: [raw('', status, { location: 'https://elsewhere.test/v1/?a=b' })],
    endings: unexpected('redirect', { status, redirectedTo: 'https://elsewhere.test' }),
  })),
  { what: '400', replies: [refusal(400)], endings: final('BadRequestError', 400) },
  { what: '401', replies: [refusal(401)], endings: final('AuthenticationError', 401) },
  {
    what: '401 for a missing scope',
    replies: [
      apiError(401, 'You have insufficient permissions. Missing scopes: api.fine_tuning.checkpoints.write.'),
    ],
    endings: {
      all: {
        name: 'AuthenticationError',
        fields: { missingScopes: ['api.fine_tuning.checkpoints.write'] },
        sent: 1,
      },
    },
  },
  { what: '403', replies: [refusal(403)], endings: final('PermissionDeniedError', 403) },
  { what: '404', replies: [refusal(404)], endings: final('NotFoundError', 404) },
  { what: '409', replies: [refusal(409)], endings: final('ConflictError', 409) },
  { what: '418', replies: [refusal(418)], endings: final('APIError', 418) },
  { what: '422', replies: [refusal(422)], endings: final('UnprocessableEntityError', 422) },
  { what: '408', replies: [refusal(408)], endings: retried(408) },
  { what: '500', replies: [refusal(500)], endings: retried(500) },
  { what: '503', replies: [refusal(503)], endings: retried(503) },
  { what: '504 without a body', replies: [raw('', 504)], endings: retried(504) },
  {
    what: '500 once',
    replies: [refusal(500), healthy],
    endings: {
      list: { name: 'done', sent: 2 },
      create: { name: 'InternalServerError', sent: 1, uncertain: true },
      delete: { name: 'done', sent: 2 },
    },
  },
  {
    what: '500 with x-should-retry: false',
    replies: [refusal(500, { 'x-should-retry': 'false' })],
    endings: {
      list: { name: 'InternalServerError', sent: 1 },
      delete: { name: 'InternalServerError', sent: 1, uncertain: true },
    },
  },
  {
    what: '503 with Retry-After, once',
    replies: [refusal(503, { 'retry-after': '90' }), healthy],
    endings: { all: { name: 'done', sent: 2 } },
  },
  {
    what: '503 with a Retry-After beyond any patience',
    replies: [refusal(503, { 'retry-after': '86400' })],
    endings: { all: { name: 'InternalServerError', fields: { retryAfter: 86_400_000 }, sent: 1 } },
  },
  ...Object.entries({
    'no header': {},
    'Retry-After in seconds': { 'retry-after': '75' },
    'Retry-After as a date': { 'retry-after': nextMinute, date: thisMinute },
    'retry-after-ms': { 'retry-after-ms': '1500' },
    'x-should-retry: true': { 'x-should-retry': 'true' },
  }).map(([header, headers]) => ({
    what: `429 with ${header}, once`,
    replies: [refusal(429, headers), healthy],
    endings: { all: { name: 'done', sent: 2 } },
  })),
  {
    what: '429 for ever',
    replies: [refusal(429)],
    endings: { all: { name: 'RateLimitError', message: /^429 Told by the server\.$/, sent: 3 } },
  },
  {
    what: '429 with x-should-retry: false',
    replies: [refusal(429, { 'x-should-retry': 'false' })],
    endings: { all: { name: 'RateLimitError', sent: 1 } },
  },
  {
    what: '429 with a Retry-After beyond any patience',
    replies: [refusal(429, { 'retry-after': '7200' })],
    endings: { all: { name: 'RateLimitError', fields: { retryAfter: 7_200_000 }, sent: 1 } },
  },
];

describe('Faults of the answer', () => {
  afterEach(endAll);
  for (const fault of faults) testFault(fault);
});
