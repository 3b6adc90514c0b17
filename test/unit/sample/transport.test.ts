import assert from 'node:assert/strict';
import type { TransportRequest } from '../../../src/openai/transport';
import { createSampleOrganization, sampleTransport } from '../../../src/sample';

function setUp() {
  const organization = createSampleOrganization();
  const [checkpoint = ''] = organization.checkpoints;
  const request: TransportRequest = {
    method: 'GET',
    url: `${organization.baseURL}/fine_tuning/checkpoints/${checkpoint}/permissions?limit=100`,
    headers: { authorization: `Bearer ${organization.adminAPIKey}` },
    signal: new AbortController().signal,
  };
  return { organization, transport: sampleTransport(organization), request };
}

describe('the sample organization’s transport', () => {
  it('carries a request to the organization and its answer back', async () => {
    const { transport, request } = setUp();
    const answer = await transport.send(request);
    assert.equal(answer.status, 200);
    assert.equal(answer.headers['content-type'], 'application/json');
    assert.match(answer.headers['x-request-id'] ?? '', /^req_/);
    const page = JSON.parse(answer.body);
    assert.equal(page.data.length, 100);
    assert.equal(page.has_more, true);
  });

  it('carries the body of a grant', async () => {
    const { organization, transport, request } = setUp();
    const [, , id = ''] = organization.checkpoints;
    const [project = ''] = [...organization.state.projects.keys()].slice(-1);
    const answer = await transport.send({
      ...request,
      method: 'POST',
      url: `${organization.baseURL}/fine_tuning/checkpoints/${id}/permissions`,
      headers: { ...request.headers, 'content-type': 'application/json' },
      body: JSON.stringify({ project_ids: [project] }),
    });
    assert.equal(answer.status, 200);
    assert.equal(organization.state.checkpoints.get(id)?.permissions.ofProject(project).length, 1);
  });

  it('rejects with the reason of a signal that is already aborted, and nothing happens', async () => {
    const { organization, transport, request } = setUp();
    const [permission] =
      organization.state.checkpoints.get(organization.checkpoints[0] ?? '')?.permissions.all() ?? [];
    const url = request.url.replace('?limit=100', `/${permission?.id}`);
    const reason = new Error('no longer wanted');
    const signal = AbortSignal.abort(reason);
    await assert.rejects(transport.send({ ...request, method: 'DELETE', url, signal }), reason);
    assert.equal((await transport.send({ ...request, method: 'DELETE', url })).status, 200);
  });

  it('rejects with the reason of a signal that is aborted on the way, and nothing happens', async () => {
    const { organization, transport, request } = setUp();
    const list = organization.state.checkpoints.get(organization.checkpoints[0] ?? '')?.permissions;
    const url = request.url.replace('?limit=100', `/${list?.all()[0]?.id}`);
    const cancel = new AbortController();
    const sent = transport.send({ ...request, method: 'DELETE', url, signal: cancel.signal });
    const reason = new Error('cancelled');
    cancel.abort(reason);
    await assert.rejects(sent, reason);
    assert.equal(list?.size, 250);
  });

  it('answers later, never within the call', async () => {
    const { organization, transport, request } = setUp();
    const list = organization.state.checkpoints.get(organization.checkpoints[0] ?? '')?.permissions;
    const url = request.url.replace('?limit=100', `/${list?.all()[0]?.id}`);
    const sent = transport.send({ ...request, method: 'DELETE', url });
    assert.equal(list?.size, 250);
    await sent;
    assert.equal(list?.size, 249);
  });

  it('is nowhere else to be found', async () => {
    const { transport, request } = setUp();
    for (const url of ['https://sample.invalid.example/v1/models', 'https://other.invalid/v1/models']) {
      await assert.rejects(transport.send({ ...request, url }), { code: 'ENOTFOUND' });
    }
  });
});
