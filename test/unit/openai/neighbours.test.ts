import assert from 'node:assert/strict';
import type { IncompleteListError } from '../../../src/openai';
import { createUndiciTransport } from '../../../src/openai/undici/transport';
import { rejection } from './support/client';
import { bothClients, type Neighbour, neighbours, wellAnswered } from './support/neighbours';
import { apiError, json, raw } from './support/replies';
import { endAll, type Reply, serve } from './support/server';

/** The one item of an answer. */
const itemOf = (answer: unknown) => (answer as { data: unknown[] }).data[0];

interface Fault {
  readonly reply: (neighbour: Neighbour) => Reply;
  readonly name: string;
  readonly fields?:
    | Readonly<Record<string, unknown>>
    | ((neighbour: Neighbour) => Readonly<Record<string, unknown>>);
  readonly message?: RegExp;
  readonly sent?: number;
  readonly maxBodySize?: number;
}

const jsonType = { 'content-type': 'application/json' };
const unexpected = (reason: string, facts: Readonly<Record<string, unknown>> = {}) => ({
  name: 'UnexpectedResponseError',
  fields: { reason, ...facts },
});

const faults: Readonly<Record<string, Fault>> = {
  'a web page with 200': {
    reply: () => raw('<html><title>Sign in</title></html>', 200, { 'content-type': 'text/html' }),
    ...unexpected('html', { pageTitle: 'Sign in' }),
  },
  'cut-off JSON': {
    reply: (neighbour) => raw(JSON.stringify(neighbour.answer([neighbour.item])).slice(0, -9), 200, jsonType),
    ...unexpected('json'),
  },
  'an empty answer': {
    reply: () => raw('', 200, jsonType),
    ...unexpected('empty'),
  },
  'another content type': {
    reply: (neighbour) =>
      raw(JSON.stringify(neighbour.answer([neighbour.item])), 200, { 'content-type': 'text/plain' }),
    ...unexpected('content-type', { contentType: 'text/plain' }),
  },
  'another object': {
    reply: () => json({ object: 'file', data: [] }),
    ...unexpected('shape'),
  },
  'a missing field': {
    reply: ({ answer, item, required: [field] }) => json(answer([{ ...item, [field]: undefined }])),
    name: 'UnexpectedResponseError',
    fields: ({ required: [, mismatch] }) => ({ reason: 'shape', mismatch }),
  },
  'an answer that is too large': {
    reply: ({ answer, item }) => json(answer([{ ...item, padding: 'x'.repeat(9000) }])),
    ...unexpected('too-large'),
    maxBodySize: 4000,
  },
  'a redirect': {
    reply: () => raw('', 307, { location: 'https://elsewhere.test/v1' }),
    ...unexpected('redirect', { redirectedTo: 'https://elsewhere.test' }),
  },
  '401 for a missing scope': {
    reply: () => apiError(401, 'You have insufficient permissions. Missing scopes: api.some.read.'),
    name: 'AuthenticationError',
    fields: { missingScopes: ['api.some.read'] },
    message: /^401 /,
  },
  '403 in bare text': {
    reply: () => json({ error: 'You have insufficient permissions. Missing scopes: api.some.read.' }, 403),
    name: 'PermissionDeniedError',
    fields: { missingScopes: ['api.some.read'] },
    message: /^403 You have insufficient/,
  },
  '404': { reply: () => apiError(404, 'Not here.'), name: 'NotFoundError', message: /^404 Not here\.$/ },
  '429 for ever': {
    reply: () => apiError(429, 'Slow.'),
    name: 'RateLimitError',
    message: /^429 Slow\.$/,
    sent: 3,
  },
  '500 for ever': {
    reply: () => apiError(500, 'Oops.'),
    name: 'InternalServerError',
    message: /^500 Oops\.$/,
    sent: 3,
  },
};

for (const [name, neighbour] of Object.entries(neighbours))
  describe(name, () => {
    afterEach(endAll);

    it('goes out as the API documents it, with the key that it takes', async () => {
      const server = await serve(wellAnswered(neighbour));
      const answer = await neighbour.read(bothClients(server.baseURL));
      assert.deepEqual(
        server.seen.map(({ method, url, headers }) => [method, url, headers.authorization]),
        [['GET', `/v1${neighbour.target}`, `Bearer ${neighbour.key}`]],
      );
      assert.deepEqual(itemOf(answer), neighbour.item);
    });

    it('keeps fields that nobody knows out of the way', async () => {
      const { answer, item } = neighbour;
      const server = await serve(json({ ...answer([{ ...item, novelty: { a: 1 } }]), novelty: 2 }));
      const read = await neighbour.read(bothClients(server.baseURL));
      assert.deepEqual(itemOf(read), item);
    });

    for (const [what, { reply, name, fields, message, sent = 1, maxBodySize }] of Object.entries(faults))
      it(`${what} is ${name}, ${sent} sent, and nothing is wrong afterwards`, async () => {
        let isOver = false;
        const well = wellAnswered(neighbour);
        const faulty = reply(neighbour);
        const server = await serve((response, seen) => (isOver ? well : faulty)(response, seen));
        const transport = maxBodySize ? createUndiciTransport({ maxBodySize }) : undefined;
        const clients = bothClients(server.baseURL, { transport });
        const error = await rejection(neighbour.read(clients), Error);
        assert.equal(error.name, name);
        if (message) assert.match(error.message, message);
        const facts = typeof fields === 'function' ? fields(neighbour) : (fields ?? {});
        for (const [field, value] of Object.entries(facts))
          assert.deepEqual((error as unknown as Record<string, unknown>)[field], value);
        assert.equal(server.seen.length, sent);
        isOver = true;
        assert.deepEqual(itemOf(await neighbour.read(clients)), neighbour.item);
      });

    it('shows no key, wherever the server repeats it', async () => {
      const { key } = neighbour;
      const server = await serve(apiError(400, `No such thing for ${key}.`, { 'x-request-id': key }));
      const error = await rejection(neighbour.read(bothClients(server.baseURL)), Error);
      assert.ok(!JSON.stringify([error, error.message, error.stack]).includes(key));
      assert.match(error.message, /\[redacted\]/);
    });
  });

describe('Lists beside the permissions', () => {
  afterEach(endAll);
  const cursorOf = (url: string) => {
    const query = new URL(url, 'http://host').searchParams;
    return query.get('after') ?? query.get('page');
  };
  /** Responds page by page. `next`: the pages after the first. */
  const pages =
    ({ answer, item }: Neighbour, next: Reply): Reply =>
    (response, seen) =>
      (cursorOf(seen.url) === null ? json(answer([item], true)) : next)(response, seen);
  /** The cursor after the item. */
  const cursor = ({ item }: Neighbour) => item.id ?? `page_${item.start_time}`;
  const another = ({ item }: Neighbour) =>
    'id' in item ? { ...item, id: `${item.id}2` } : { ...item, start_time: 86_400, end_time: 172_800 };

  for (const [name, neighbour] of Object.entries(neighbours)) {
    const { readAll, answer, item } = neighbour;
    if (!readAll) continue;

    it(`${name} is read to its end`, async () => {
      const other = another(neighbour);
      const server = await serve(pages(neighbour, json(answer([other]))));
      assert.deepEqual(await readAll(bothClients(server.baseURL)), [item, other]);
      assert.deepEqual(
        server.seen.map(({ url }) => cursorOf(url)),
        [null, cursor(neighbour)],
      );
    });

    it(`${name} that stands still is incomplete`, async () => {
      const server = await serve(json(answer([item], true)));
      const error = await rejection(readAll(bothClients(server.baseURL)), Error);
      assert.equal(error.name, 'IncompleteListError');
      assert.equal(server.seen.length, 2);
    });

    it(`${name} that says there is more but not where is incomplete`, async () => {
      const empty = { ...answer([item], true), data: [], next_page: null };
      const server = await serve(pages(neighbour, json(empty)));
      const error = await rejection(readAll(bothClients(server.baseURL)), Error);
      assert.equal(error.name, 'IncompleteListError');
      assert.equal((error as IncompleteListError).itemsRead, 1);
    });

    it(`${name} whose second page fails is an error, not a part`, async () => {
      const server = await serve(pages(neighbour, apiError(403, 'No more.')));
      const error = await rejection(readAll(bothClients(server.baseURL)), Error);
      const reason = error.name === 'IncompleteListError' ? (error.cause as Error) : error;
      assert.equal(reason.name, 'PermissionDeniedError');
    });
  }

  it('keep their filters on every page', async () => {
    const { auditLogs, jobs } = { auditLogs: neighbours['auditLogs.list'], jobs: neighbours['jobs.list'] };
    assert.ok(auditLogs && jobs);
    const server = await serve(pages(auditLogs, json(auditLogs.answer([another(auditLogs)]))));
    const { admin } = bothClients(server.baseURL);
    const filter = { project_ids: ['proj_a', 'proj_b'], effective_at: { gt: 1, lte: 9 }, limit: 1 };
    for await (const event of admin.admin.organization.auditLogs.list(filter)) assert.ok(event.id);
    const query =
      'project_ids%5B%5D=proj_a&project_ids%5B%5D=proj_b&effective_at%5Bgt%5D=1&effective_at%5Blte%5D=9&limit=1';
    assert.deepEqual(
      server.seen.map(({ url }) => url),
      ['', '&after=audit_log-a'].map((after) => `/v1/organization/audit_logs?${query}${after}`),
    );
  });
});

describe('The audit log', () => {
  afterEach(endAll);
  const event = { id: 'audit_log-a', type: 'login.succeeded', effective_at: 1 };
  const read = async (...data: object[]) => {
    const server = await serve(json({ object: 'list', data, has_more: false }));
    return (await bothClients(server.baseURL).admin.admin.organization.auditLogs.list()).data;
  };

  it('takes events that it does not know, with and without an actor', async () => {
    const events = [{ ...event, type: 'brand.new' }, { ...event, actor: null }, event];
    assert.deepEqual(await read(...events), events);
  });

  it('takes an actor of another shape for nobody rather than to refuse the page', async () => {
    assert.deepEqual(await read({ ...event, actor: 'somebody' }, { ...event, actor: { session: 7 } }), [
      event,
      event,
    ]);
  });

  it('takes null within an actor for nothing', async () => {
    const actor = { type: 'api_key', session: null, api_key: { id: 'key_a', user: null } };
    const expected = { type: 'api_key', api_key: { id: 'key_a' } };
    assert.deepEqual(await read({ ...event, actor }), [{ ...event, actor: expected }]);
  });

  it('takes a granted permission without its details', async () => {
    const granted = { ...event, type: 'checkpoint.permission.created' };
    const events = [
      { ...granted, 'checkpoint.permission.created': { id: 'cp_a' } },
      { ...granted, 'checkpoint.permission.created': null },
    ];
    assert.deepEqual(await read(...events), [events[0], granted]);
  });

  it('refuses a granted permission whose details are no details', async () => {
    const granted = { ...event, 'checkpoint.permission.created': { id: 'cp_a', data: 'all' } };
    await assert.rejects(read(granted), { reason: 'shape' });
  });
});

describe('What a project tells', () => {
  afterEach(endAll);

  it('is a model’s end only where it can be read', async () => {
    const model = { id: 'ft:a:b::c', object: 'model', created: 1, owned_by: 'b' };
    const given = [{ ...model, shutdown_date: 20270114 }, { ...model, shutdown_date: null }, model];
    const server = await serve(json({ object: 'list', data: given }));
    const { data } = await bothClients(server.baseURL).project.models.list();
    assert.deepEqual(data, [model, { ...model, shutdown_date: null }, model]);
  });

  it('is no metric that was not measured', async () => {
    const neighbour = neighbours['jobs.checkpoints.list'];
    assert.ok(neighbour);
    const item = { ...neighbour.item, metrics: { step: 8, train_loss: null, novelty: 1 } };
    const server = await serve(json(neighbour.answer([item])));
    const { data } = await bothClients(server.baseURL).project.fineTuning.jobs.checkpoints.list('ftjob-a');
    assert.deepEqual(data[0]?.metrics, { step: 8 });
  });
});
