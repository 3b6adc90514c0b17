import assert from 'node:assert/strict';
import { clientOf, testKey } from './support/client';
import { json, listBody } from './support/replies';
import { endAll, serve } from './support/server';

describe('Names and IDs that a server sends', () => {
  afterEach(endAll);

  async function namesOf(...names: readonly string[]): Promise<unknown[]> {
    const data = names.map((name, index) => ({
      id: `proj_${index}`,
      object: 'organization.project',
      created_at: 1,
      name,
      status: 'active',
    }));
    const server = await serve(json(listBody([], { data })));
    const { projects } = clientOf(server.baseURL).client.admin.organization;
    return (await projects.list()).data.map(({ name }) => name);
  }

  it('Truth 20: stay as they are, also if they look like secrets', async () => {
    const names = ['sk-sales-emea', 'Cookie: recipes', 'authorization: none', 'https://me:you@host/'];
    assert.deepEqual(await namesOf(...names), names);
  });

  it('Truth 19: lose the key in use, in every spelling, before anything else sees them', async () => {
    const hidden = [...testKey].join('\ufe0f');
    assert.deepEqual(await namesOf(`a ${testKey}`, `b ${hidden}`), ['a [redacted]', 'b [redacted]']);
  });
});
