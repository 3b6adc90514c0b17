import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { OpenAIProject } from '../../../src/openai';
import { LeapingClock } from './support/client';
import { bothClients, neighbours, testProjectKey, wellAnswered } from './support/neighbours';
import { apiError, json } from './support/replies';
import { atEnd, endAll, serve } from './support/server';

describe('The client of a project API key', () => {
  afterEach(endAll);
  const make = (options: Partial<ConstructorParameters<typeof OpenAIProject>[0]> = {}) =>
    atEnd(new OpenAIProject({ apiKey: testProjectKey, baseURL: 'https://api.example/v1/', ...options }));

  it('keeps its key where nobody sees it', () => {
    const client = make();
    assert.equal(client.baseURL, 'https://api.example/v1');
    assert.ok(!inspect(client, { depth: 9, showHidden: true }).includes(testProjectKey));
    assert.ok(!JSON.stringify(client).includes(testProjectKey));
  });

  it('refuses a key that no header takes', () => {
    for (const apiKey of ['', '  ', 'two words', 'schlüssel'])
      assert.throws(() => make({ apiKey }), {
        notSent: 'invalidKey',
      });
  });

  it('refuses an origin that its key was not saved for', () => {
    assert.throws(() => make({ keyOrigin: 'https://api.openai.com' }), {
      name: 'InsecureBaseURLError',
      reason: 'otherOrigin',
      host: 'api.example',
    });
    assert.equal(make({ keyOrigin: 'https://api.example' }).baseURL, 'https://api.example/v1');
  });

  it('refuses to send its key in the clear', () => {
    assert.throws(() => make({ baseURL: 'http://api.example/v1' }), {
      name: 'InsecureBaseURLError',
      reason: 'notHTTPS',
      protocol: 'http:',
    });
  });

  it('cannot be used once it is closed', async () => {
    const client = make();
    await client.close();
    await assert.rejects(client.models.list(), { notSent: 'clientClosed' });
  });

  it('waits for the limit of its own key, which holds up no other', async () => {
    const clock = new LeapingClock();
    const models = neighbours['models.list'];
    const projects = neighbours['projects.list'];
    assert.ok(models && projects);
    const server = await serve(apiError(429, 'Slow.'), (response, seen) =>
      wellAnswered(seen.url.startsWith('/v1/models') ? models : projects)(response, seen),
    );
    const waits: string[] = [];
    const { admin, project } = bothClients(server.baseURL, { clock });
    await project.models.list({ onWait: ({ reason }) => waits.push(`project: ${reason}`) });
    await admin.admin.organization.projects.list(null, {
      onWait: ({ reason }) => waits.push(`admin: ${reason}`),
    });
    assert.deepEqual(waits, ['project: rate-limit']);
  });

  it('shares one queue with another client of the same key and origin', async () => {
    const clock = new LeapingClock();
    const models = neighbours['models.list'];
    assert.ok(models);
    const server = await serve(apiError(429, 'Slow.'), wellAnswered(models));
    const { project } = bothClients(server.baseURL, { clock, maxRetries: 0 });
    const { project: other } = bothClients(server.baseURL, { clock });
    const waits: string[] = [];
    await assert.rejects(project.models.list(), { status: 429 });
    await other.models.list({ onWait: ({ reason }) => waits.push(reason) });
    assert.deepEqual(waits, ['rate-limit']);
  });

  it('reports what it sends as the other client does', async () => {
    const server = await serve(json({ object: 'list', data: [] }));
    const reports: unknown[] = [];
    const { project } = bothClients(server.baseURL, {
      onRequest: ({ method, path, status }) => reports.push([method, path, status]),
    });
    await project.models.list();
    assert.deepEqual(reports, [['GET', '/v1/models', 200]]);
  });
});
