import assert from 'node:assert/strict';
import { jsonOf } from '../../../src/openai/responseErrors';
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

  it('Truth 16: are read in little more time than the JSON takes, however many there are', () => {
    const body = JSON.stringify({ object: 'list', data: Array.from({ length: 1_000_000 }, () => '') });
    const headers = { 'content-type': 'application/json' };
    clientOf('https://host.example');
    const timeOf = (work: () => unknown): number => {
      const times = [1, 2, 3].map(() => {
        const start = process.cpuUsage();
        work();
        const { user, system } = process.cpuUsage(start);
        return (user + system) / 1000;
      });
      return Math.min(...times);
    };
    const parsing = timeOf(() => JSON.parse(body));
    const reading = timeOf(() => jsonOf({ status: 200, headers, body }, [testKey]));
    // With an object for each entry it was 25 times.
    assert.ok(reading < 6 * parsing + 20, `${reading} ms, and ${parsing} ms to parse it`);
  });
});
