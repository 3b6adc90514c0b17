import assert from 'node:assert/strict';
import { type FailureKind, factsOf, ProjectKeyMissingError } from '../../../src/access/failures';
import { NoLongerShownError } from '../../../src/access/loading/snapshot';
import { NotDeletedError } from '../../../src/access/plan/answer';
import { NotListedYetError } from '../../../src/access/plan/outcome';
import { JournalError, NotOursError } from '../../../src/access/plan/recorder';
import { KeyringError } from '../../../src/credentials/keyringError';
import {
  APIConnectionError,
  APIConnectionTimeoutError,
  APIError,
  APIUserAbortError,
  type ConnectionFailure,
  IncompleteListError,
  InsecureBaseURLError,
  RateLimitError,
  UnexpectedResponseError,
} from '../../../src/openai';
import { notSent } from '../../../src/openai/errors';
import {
  baseURLProblemInWords,
  type Explanation,
  explain,
  explainChange,
  explainOrganization,
  explainProjects,
  explanationInWords,
} from '../../../src/words/errors';

const refused = (status: number, message: string) => new APIError(status, { message }, undefined, undefined);
const page = (status: number, title: string) => new APIError(status, undefined, '<html>', undefined, title);
const connection = (kind: ConnectionFailure, code: string) =>
  new APIConnectionError({ kind, code, host: 'gateway.example' });
const scopes = (names: string) =>
  refused(401, `You have insufficient permissions for this operation. Missing scopes: ${names}.`);
const writeScope = 'api.fine_tuning.checkpoints.write';
const grant = new NotListedYetError({ action: 'grant', checkpoint: 'ft:a', project: 'proj_a' });
const revoke = new NotListedYetError({
  action: 'revoke',
  checkpoint: 'ft:a',
  project: 'proj_a',
  permissionId: 'cp_a',
});
const unsafe = new URL('http://gateway.example');

const keyringNext =
  "Unlock or install your system's keyring, then refresh or try again. The README says how.";

/** Cases: an error, and its explanation for an admin API key. */
const cases: Readonly<Record<string, readonly [error: unknown, Explanation]>> = {
  'a cancel': [
    new APIUserAbortError(),
    { what: 'Canceled before it finished', next: 'Refresh to try again.', offer: 'retry' },
  ],
  'a list that is no longer shown': [
    new NoLongerShownError(),
    { what: 'Canceled before it finished', next: 'Refresh to try again.', offer: 'retry' },
  ],
  'access that the list does not show': [
    grant,
    {
      what: "The API accepted it, but the list doesn't show it yet",
      next: 'Lists may lag behind changes. Check again in a minute.',
    },
  ],
  'access that the list still shows': [
    revoke,
    {
      what: 'The API accepted it, but the list still shows it',
      next: 'Lists may lag behind changes. Check again in a minute.',
    },
  ],
  'a permission that was not deleted': [
    new NotDeletedError(),
    {
      what: "The API reported that it didn't delete the permission",
      next: 'Refresh to check again. If the permission is still there, try again.',
      offer: 'retry',
    },
  ],
  'a change that another window continued': [
    new NotOursError('/journal'),
    {
      what: 'Another window continued this change or removed its record',
      next: 'Nothing more was sent from this window. Use Resume Interrupted Changes… or Show History to see the result.',
    },
  ],
  'a change history that cannot be written': [
    new JournalError('/journal', new Error('ENOSPC: no space left on device')),
    {
      what: "The change history on this computer can't be accessed",
      next: 'Check the free disk space and that you can write to /journal, then try again. No change is sent without it.',
      detail: 'ENOSPC: no space left on device',
      offer: 'retry',
    },
  ],
  'a refused connection': [
    connection('refused', 'ECONNREFUSED'),
    {
      what: 'The server refused the connection',
      next: 'Check the host and port in the Base URL setting, and that the server is running.',
      detail: 'gateway.example · ECONNREFUSED',
      offer: 'retry',
    },
  ],
  'an unknown host': [
    connection('dns', 'ENOTFOUND'),
    {
      what: "The server's host name wasn't found",
      next: 'Check your network connection and the host name in the Base URL setting.',
      detail: 'gateway.example · ENOTFOUND',
      offer: 'retry',
    },
  ],
  'no way to the host': [
    connection('unreachable', 'EHOSTUNREACH'),
    {
      what: "The server can't be reached",
      next: 'Check your network connection or VPN.',
      detail: 'gateway.example · EHOSTUNREACH',
      offer: 'retry',
    },
  ],
  'a timeout': [
    new APIConnectionTimeoutError({ host: 'gateway.example', code: 'timeout' }),
    {
      what: 'The server took too long to respond',
      next: 'Try again. If the server is slow, increase the Request Timeout setting.',
      detail: 'gateway.example · timeout',
      offer: 'retry',
    },
  ],
  'a lost connection': [
    connection('reset', 'ECONNRESET'),
    {
      what: 'The connection to the server was lost',
      next: 'Check your network connection, then try again.',
      detail: 'gateway.example · ECONNRESET',
      offer: 'retry',
    },
  ],
  'a localhost that is another computer (Truth 19)': [
    connection('notLoopback', 'NOT_LOOPBACK'),
    {
      what: 'localhost leads to another computer',
      next: 'Use http://127.0.0.1 in the Base URL setting, or correct localhost in the hosts file. Nothing was sent.',
      detail: 'gateway.example · NOT_LOOPBACK',
      offer: 'retry',
    },
  ],
  'an untrusted certificate': [
    connection('certificate', 'CERT_HAS_EXPIRED'),
    {
      what: "The server's certificate isn't trusted",
      next: "Check the Http: System Certificates setting, or add your network's certificate authority to the system.",
      detail: 'gateway.example · CERT_HAS_EXPIRED',
      offer: 'retry',
    },
  ],
  'no secure connection': [
    connection('tls', 'EPROTO'),
    {
      what: 'A secure connection to the server failed',
      next: 'Check that the Base URL setting names an https server, and the Http: Proxy setting if you use a proxy.',
      detail: 'gateway.example · EPROTO',
      offer: 'retry',
    },
  ],
  'a proxy that fails': [
    connection('proxy', 'PROXY_CLOSED'),
    {
      what: "The proxy can't be reached or refused the connection",
      next: 'Check the Http: Proxy setting.',
      detail: 'gateway.example · PROXY_CLOSED',
      offer: 'retry',
    },
  ],
  'a proxy that wants credentials': [
    connection('proxyAuth', 'PROXY_AUTH_REQUIRED'),
    {
      what: 'The proxy requires a user name and password',
      next: 'Add them to the Http: Proxy setting, as http://user:password@host:port.',
      detail: 'gateway.example · PROXY_AUTH_REQUIRED',
      offer: 'retry',
    },
  ],
  'no HTTP': [
    connection('protocol', 'HPE_INVALID'),
    {
      what: "The server's response isn't HTTP",
      next: 'Check the host and port in the Base URL setting.',
      detail: 'gateway.example · HPE_INVALID',
      offer: 'retry',
    },
  ],
  'another failure of the connection': [
    new APIConnectionError({ host: 'gateway.example', transportMessage: 'it failed' }),
    {
      what: 'The connection to the server failed',
      next: 'Check your network connection, then try again.',
      detail: 'gateway.example · it failed',
      offer: 'retry',
    },
  ],
  'an incomplete list': [
    new IncompleteListError(3, 'emptyPage'),
    {
      what: 'The list is incomplete',
      next: 'Refresh to load it again.',
      detail: 'The API reported more, but sent an empty page.',
      offer: 'retry',
    },
  ],
  'a missing scope': [
    scopes(writeScope),
    {
      what: 'The key lacks the api.fine_tuning.checkpoints.write scope',
      next: 'Use an admin API key that has it, or ask an organization owner to add it.',
      detail: `401 · You have insufficient permissions for this operation. Missing scopes: ${writeScope}.`,
      offer: 'setAdminKey',
    },
  ],
  'missing scopes': [
    scopes('api.a.read, api.b.read'),
    {
      what: 'The key lacks the scopes api.a.read and api.b.read',
      next: 'Use an admin API key that has them, or ask an organization owner to add them.',
      detail:
        '401 · You have insufficient permissions for this operation. Missing scopes: api.a.read, api.b.read.',
      offer: 'setAdminKey',
    },
  ],
  'the owning project': [
    refused(400, 'Cannot modify checkpoint permissions for the owning project: proj_owner'),
    {
      what: 'proj_owner owns this model',
      next: "It always has access, and that can't be changed. Change the access of the other projects only.",
      detail: '400 · Cannot modify checkpoint permissions for the owning project: proj_owner',
    },
  ],
  'a rate limit': [
    new RateLimitError(429, { message: 'Slow down.' }, undefined, undefined),
    {
      what: 'The rate limit of the API is reached',
      next: 'Wait about a minute, then try again.',
      detail: '429 · Slow down.',
      offer: 'retry',
    },
  ],
  'a rate limit for a long time (Truth 15)': [
    Object.assign(new RateLimitError(429, { message: 'Slow down.' }, undefined, undefined), {
      retryAfter: 1e15,
    }),
    {
      what: 'The rate limit of the API is reached',
      next: 'The API asks to wait 31,710 years. Try again after that.',
      detail: '429 · Slow down.',
      offer: 'retry',
    },
  ],
  'a failing server': [
    refused(503, 'Overloaded.'),
    {
      what: 'The API failed (503)',
      next: 'The problem is on the server. Wait a few minutes, then try again.',
      detail: '503 · Overloaded.',
      offer: 'retry',
    },
  ],
  'a failing server that says nothing': [
    new APIError(500, undefined, '', undefined),
    {
      what: 'The API failed (500)',
      next: 'The problem is on the server. Wait a few minutes, then try again.',
      detail: '500',
      offer: 'retry',
    },
  ],
  'a failing gateway with a page': [
    page(502, 'Bad gateway'),
    {
      what: 'The API failed (502)',
      next: 'The problem is on the server. Wait a few minutes, then try again.',
      detail: '502 · Web page “Bad gateway”',
      offer: 'retry',
    },
  ],
  'a rejected request': [
    refused(400, 'Malformed ID.'),
    {
      what: 'The API rejected the request',
      next: 'Check the IDs that you entered against what the API reported.',
      detail: '400 · Malformed ID.',
    },
  ],
  'a rejected key': [
    refused(401, 'Incorrect API key provided: te****ey.'),
    {
      what: 'The API rejected the admin API key',
      next: 'Use Set Admin API Key… to set a valid key for this organization.',
      detail: '401 · Incorrect API key provided: te****ey.',
      offer: 'setAdminKey',
    },
  ],
  'a forbidden request': [
    refused(403, 'No.'),
    {
      what: "The key isn't allowed to do this",
      next: 'Ask an organization owner, or use Set Admin API Key… with a key of the organization that owns the model.',
      detail: '403 · No.',
      offer: 'setAdminKey',
    },
  ],
  'nothing found': [
    refused(404, 'No such model.'),
    {
      what: "The checkpoint or permission wasn't found",
      next: 'Check the ID, and that the key belongs to the organization that owns the model.',
      detail: '404 · No such model.',
    },
  ],
  'a conflict': [
    refused(409, 'Changed.'),
    {
      what: 'Someone else changed this at the same time',
      next: 'Refresh, then try again.',
      detail: '409 · Changed.',
      offer: 'retry',
    },
  ],
  'another refusal': [
    refused(418, 'Teapot.'),
    {
      what: 'The API rejected the request (418)',
      next: 'Use Show Log for details.',
      detail: '418 · Teapot.',
    },
  ],
  'a base URL that is none': [
    new InsecureBaseURLError('invalid'),
    {
      what: "The base URL isn't a valid URL",
      next: 'Correct the Base URL setting. It looks like https://api.openai.com/v1.',
      offer: 'settings',
    },
  ],
  'a base URL with credentials': [
    new InsecureBaseURLError('credentials', unsafe),
    {
      what: 'The base URL contains a user name or password',
      next: 'Remove them from the Base URL setting.',
      detail: 'http://gateway.example',
      offer: 'settings',
    },
  ],
  'a base URL without https': [
    new InsecureBaseURLError('notHTTPS', unsafe),
    {
      what: 'The base URL must use https',
      next: 'Change the Base URL setting to https. Keys are never sent over http, except to localhost.',
      detail: 'http://gateway.example',
      offer: 'settings',
    },
  ],
  'a base URL with a query': [
    new InsecureBaseURLError('query', unsafe),
    {
      what: 'The base URL contains a query',
      next: 'Remove everything from “?” on in the Base URL setting.',
      detail: 'http://gateway.example',
      offer: 'settings',
    },
  ],
  'a base URL with a fragment': [
    new InsecureBaseURLError('fragment', unsafe),
    {
      what: 'The base URL contains a fragment',
      next: 'Remove everything from “#” on in the Base URL setting.',
      detail: 'http://gateway.example',
      offer: 'settings',
    },
  ],
  'a base URL of another host': [
    new InsecureBaseURLError('otherOrigin', unsafe, 'https://api.openai.com'),
    {
      what: "The saved key is for a different host, so it wasn't sent",
      next: 'Use Set Admin API Key… to set a key for this host.',
      detail: 'saved for https://api.openai.com, base URL http://gateway.example',
      offer: 'setAdminKey',
    },
  ],
  'a key that is none': [
    notSent('invalidKey'),
    {
      what: "The saved admin API key isn't a valid key",
      next: 'Use Set Admin API Key… to set it again.',
      offer: 'setAdminKey',
    },
  ],
  'an ID that is none': [
    notSent('invalidID'),
    {
      what: "An ID can't be used in a request, so nothing was sent",
      next: 'Check the ID, then try again.',
    },
  ],
  'a closed client': [
    notSent('clientClosed'),
    {
      what: 'The organization was closed before the request was sent',
      next: 'Start again from the Checkpoints view.',
    },
  ],
  'a missing part': [
    notSent('transportMissing', new Error('MODULE_NOT_FOUND')),
    {
      what: "Part of the extension couldn't be loaded",
      next: 'Install the extension again in the Extensions view.',
      detail: 'MODULE_NOT_FOUND',
    },
  ],
  'a project key that is gone': [
    new ProjectKeyMissingError('proj_a'),
    {
      what: "The project API key isn't saved anymore",
      next: 'Use Add Project API Key… to add it again.',
    },
  ],
  'a fault of the extension': [
    new TypeError('x is not a function'),
    {
      what: 'Something went wrong in the extension',
      next: 'Try again. If it keeps happening, use Show Log for details.',
      detail: 'x is not a function',
      offer: 'retry',
    },
  ],
  'what is no error': [
    'thrown text',
    {
      what: 'Something went wrong in the extension',
      next: 'Try again. If it keeps happening, use Show Log for details.',
      detail: 'thrown text',
      offer: 'retry',
    },
  ],
  'a keyring that cannot be read': [
    new KeyringError('read', 'admin API key', 'locked'),
    { what: "VS Code's secret storage couldn't read the key", next: keyringNext, detail: 'locked' },
  ],
  'a keyring that cannot save': [
    new KeyringError('save', 'admin API key', 'locked'),
    { what: "VS Code's secret storage couldn't save the key", next: keyringNext, detail: 'locked' },
  ],
  'a keyring that cannot remove': [
    new KeyringError('remove', 'project API key', 'locked'),
    { what: "VS Code's secret storage couldn't remove the key", next: keyringNext, detail: 'locked' },
  ],
  'a keyring that loses a key': [
    new KeyringError('notKept', 'admin API key'),
    { what: "VS Code's secret storage didn't keep the key", next: keyringNext },
  ],
  'a damaged admin key': [
    new KeyringError('damaged', 'admin API key'),
    {
      what: "The saved admin API key can't be read",
      next: 'Use Set Admin API Key… to set it again.',
      offer: 'setAdminKey',
    },
  ],
  'a damaged project key': [
    new KeyringError('damaged', 'project API key'),
    {
      what: "The saved project API key can't be read",
      next: 'Use Add Project API Key… to set it again.',
    },
  ],
};

const notFromTheAPI = {
  what: "The response isn't from the OpenAI API, or is damaged",
  next: 'Check the Base URL setting and your network. A proxy, gateway, or sign-in page may have responded instead.',
  offer: 'settings',
} as const;

const strange: Readonly<Record<string, readonly [APIError, detail: string]>> = {
  'a web page': [
    new UnexpectedResponseError('html', { pageTitle: 'Sign in' }, 200),
    '200 · Web page “Sign in”',
  ],
  'a web page without a title': [
    new UnexpectedResponseError('html', { pageTitle: '' }, 200),
    '200 · Web page without a title',
  ],
  'a page that refuses': [page(403, 'Access denied'), '403 · Web page “Access denied”'],
  'a refusal without an error': [new APIError(404, undefined, 'Not found', undefined), '404 · Not found'],
  'a redirect': [
    new UnexpectedResponseError('redirect', { redirectedTo: 'https://elsewhere.test' }, 307),
    "307 · Redirect to https://elsewhere.test, which wasn't followed",
  ],
  'a redirect to nowhere': [
    new UnexpectedResponseError('redirect', {}, 307),
    "307 · Redirect, which wasn't followed",
  ],
  'another content type': [
    new UnexpectedResponseError('content-type', { contentType: 'text/plain' }, 200),
    '200 · Content type “text/plain” instead of JSON',
  ],
  'no body': [new UnexpectedResponseError('empty', {}, 204), '204 · Empty response'],
  'cut-off JSON': [new UnexpectedResponseError('json', {}, 200), '200 · Incomplete or malformed JSON'],
  'a missing field': [
    new UnexpectedResponseError(
      'shape',
      { mismatch: { field: 'has_more', found: 'undefined', expected: 'boolean' } },
      200,
    ),
    '200 · Field has_more is missing',
  ],
  'a field of another type': [
    new UnexpectedResponseError(
      'shape',
      { mismatch: { field: 'data[0].id', found: 'number', expected: 'string' } },
      200,
    ),
    '200 · Field data[0].id has an unexpected value',
  ],
  'another shape': [
    new UnexpectedResponseError(
      'shape',
      { mismatch: { field: '', found: 'array', expected: 'object' } },
      200,
    ),
    '200 · JSON of another shape',
  ],
  'too much': [new UnexpectedResponseError('too-large'), 'Response too large'],
};

describe('an error in words', () => {
  for (const [name, [error, explanation]] of Object.entries(cases))
    it(`explains ${name}`, () => assert.deepEqual(explain(error), explanation));

  for (const [name, [error, detail]] of Object.entries(strange))
    it(`explains ${name} instead of a response`, () =>
      assert.deepEqual(explain(error), { ...notFromTheAPI, detail }));

  it('Truth 11: speaks of no key, server or setting where a sample organization failed', () => {
    const errors = [...Object.values(cases), ...Object.values(strange)].flatMap(([error]) =>
      error instanceof APIError && !(error instanceof APIUserAbortError) ? error : [],
    );
    assert.ok(errors.length > 20);
    for (const error of errors) {
      const ofSample = Object.assign(Object.create(error) as APIError, { withoutServer: true });
      for (const { what, next, offer } of [
        explain(ofSample),
        explain(ofSample, 'project API key'),
        explainProjects(ofSample),
      ]) {
        const words = `${what}. ${next}`;
        assert.doesNotMatch(words, /\bkeys?\b|server|Base URL|proxy|network|gateway|setting/i);
        assert.ok(offer === undefined || offer === 'retry', words);
        // A refusal may be about a project, as that of a model policy is.
        if (words.includes('another checkpoint')) assert.match(words, /another checkpoint or project/);
      }
    }
  });

  it('covers every kind', () => {
    const every: Readonly<Record<FailureKind, true>> = {
      canceled: true,
      notListedYet: true,
      notDeleted: true,
      takenOver: true,
      journal: true,
      connection: true,
      notFromTheAPI: true,
      incompleteList: true,
      missingScopes: true,
      owningProject: true,
      rateLimit: true,
      serverError: true,
      badRequest: true,
      unauthorized: true,
      forbidden: true,
      notFound: true,
      conflict: true,
      otherRefusal: true,
      insecureBaseURL: true,
      notSent: true,
      projectKeyMissing: true,
      unknown: true,
    };
    const tested = new Set(
      [...Object.values(cases), ...Object.values(strange)].map(([error]) => factsOf(error).kind),
    );
    assert.deepEqual([...tested].sort(), Object.keys(every).sort());
  });

  it('names the owning project where a change failed', () => {
    const owner = refused(400, 'Cannot modify checkpoint permissions for the owning project: proj_owner');
    assert.equal(explainChange(owner, (id) => `Name of ${id}`).what, 'Name of proj_owner owns this model');
    assert.deepEqual(
      explainChange(refused(500, 'No.'), () => ''),
      explain(refused(500, 'No.')),
    );
  });

  it('fits a row, without a full stop, and says what to do', () => {
    for (const [error] of [...Object.values(cases), ...Object.values(strange)])
      for (const key of ['admin API key', 'project API key'] as const)
        for (const { what, next } of [explain(error, key), explainProjects(error)]) {
          assert.ok(what.length <= 60, `${what.length}: ${what}`);
          assert.doesNotMatch(what, /\.$/);
          assert.match(next, /\.$/);
        }
  });

  it('is one paragraph, whose end may be cut', () => {
    assert.equal(
      explanationInWords(explain(refused(401, 'Incorrect API key provided: te****ey.'))),
      'The API rejected the admin API key. Use Set Admin API Key… to set a valid key for this organization. (401 · Incorrect API key provided: te****ey.)',
    );
    assert.equal(
      explanationInWords(explain(new APIUserAbortError())),
      'Canceled before it finished. Refresh to try again.',
    );
  });
});

describe('an error with a project API key, in words', () => {
  const project: Readonly<Record<string, readonly [error: unknown, Explanation]>> = {
    'a rejected key': [
      refused(401, 'No.'),
      {
        what: 'The API rejected the project API key',
        next: 'Use Add Project API Key… to set a valid key for this project.',
        detail: '401 · No.',
      },
    ],
    'a forbidden request': [
      refused(403, 'No.'),
      {
        what: "The project's key isn't allowed to do this",
        next: 'Ask an owner of the project, or use Add Project API Key… with a key that is.',
        detail: '403 · No.',
      },
    ],
    'nothing found': [
      refused(404, 'No.'),
      {
        what: "The project's jobs or models weren't found",
        next: 'Check that the key belongs to this project, and the Base URL setting if you use a gateway.',
        detail: '404 · No.',
      },
    ],
    'a missing scope': [
      scopes('api.model.read'),
      {
        what: 'The key lacks the api.model.read scope',
        next: 'Use Add Project API Key… to set a key of this project that has it.',
        detail: '401 · You have insufficient permissions for this operation. Missing scopes: api.model.read.',
      },
    ],
    'a key that is none': [
      notSent('invalidKey'),
      {
        what: "The saved project API key isn't a valid key",
        next: 'Use Add Project API Key… to set it again.',
      },
    ],
    'a key for another host': [
      new InsecureBaseURLError('otherOrigin', unsafe),
      {
        what: "The saved key is for a different host, so it wasn't sent",
        next: 'Use Add Project API Key… to set a key for this host.',
        detail: 'http://gateway.example',
      },
    ],
  };
  for (const [name, [error, explanation]] of Object.entries(project))
    it(`explains ${name}`, () => assert.deepEqual(explain(error, 'project API key'), explanation));

  it('never names the admin key or its command', () => {
    for (const [error] of [...Object.values(cases), ...Object.values(strange)]) {
      if (error instanceof KeyringError) continue;
      const { what, next, offer } = explain(error, 'project API key');
      assert.doesNotMatch(`${what} ${next}`, /admin/i);
      assert.notEqual(offer, 'setAdminKey');
    }
  });
});

describe('a failure to list the projects, in words', () => {
  const own: Readonly<Record<number, Explanation>> = {
    400: {
      what: 'The API rejected the request to list projects',
      next: 'Use Show Log for details.',
      detail: '400 · No.',
    },
    403: {
      what: "The key isn't allowed to list projects",
      next: 'Ask an organization owner, or use Set Admin API Key… with a key that may list projects.',
      detail: '403 · No.',
      offer: 'setAdminKey',
    },
    404: {
      what: 'The API has no list of projects',
      next: 'Check the Base URL setting. A gateway may leave this list out.',
      detail: '404 · No.',
      offer: 'settings',
    },
  };
  for (const [status, explanation] of Object.entries(own))
    it(`explains a ${status}`, () =>
      assert.deepEqual(explainProjects(refused(Number(status), 'No.')), explanation));

  it('reads as everywhere otherwise', () => {
    for (const error of [
      scopes('api.management.read'),
      refused(401, 'No.'),
      page(404, ''),
      connection('reset', 'EPIPE'),
    ])
      assert.deepEqual(explainProjects(error), explain(error));
  });
});

describe('why an organization cannot be shown, in words', () => {
  it('names the setting, or how to change a base URL of its own', () => {
    const error = new InsecureBaseURLError('invalid');
    assert.deepEqual(explainOrganization(error, false), explain(error));
    assert.deepEqual(explainOrganization(error, true), {
      what: "The base URL isn't a valid URL",
      next: 'Use Remove Organization…, then add it again with another base URL.',
    });
  });

  it('is the same for both otherwise', () => {
    const error = new KeyringError('read', 'admin API key', 'locked');
    for (const isAdded of [true, false])
      assert.deepEqual(explainOrganization(error, isAdded), explain(error));
  });
});

describe('a base URL that is being typed', () => {
  for (const [reason, sentence] of Object.entries({
    invalid: 'Enter a valid URL, such as https://api.openai.com/v1.',
    credentials: 'Remove the user name or password from the URL.',
    notHTTPS: 'Use https. Only localhost can use http.',
    query: 'Remove the query, which starts at “?”.',
    fragment: 'Remove the fragment, which starts at “#”.',
    otherOrigin: 'The saved key is for a different host.',
  } as const))
    it(`is refused: ${reason}`, () =>
      assert.equal(baseURLProblemInWords(reason as Parameters<typeof baseURLProblemInWords>[0]), sentence));
});
