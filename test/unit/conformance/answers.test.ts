import assert from 'node:assert/strict';
import { permissionsOf } from './calls';
import { type Call, converse, model } from './conversation';

const classOf = (error: unknown) => (error as Error).constructor.name;

/** A way to more than the parsed result, reduced to what must be the same. */
const ways: Readonly<Record<string, Call>> = {
  'withResponse(): the data, the request id and the response': async (client) => {
    const { data, request_id, response } = await permissionsOf(client).retrieve(model).withResponse();
    const type = response.headers.get('content-type');
    return { data, request_id, status: response.status, ok: response.ok, type };
  },
  'withResponse() of a list: its first page': async (client) => {
    const { data, request_id, response } = await permissionsOf(client)
      .list(model, { limit: 3 })
      .withResponse();
    return { items: data.data, hasNextPage: data.hasNextPage(), request_id, status: response.status };
  },
  'catch and finally': async (client) => {
    const seen: string[] = [];
    const missing = permissionsOf(client).list('ft:a:b:c:d');
    await missing.catch((error: unknown) => seen.push(classOf(error)));
    await permissionsOf(client)
      .list(model)
      .finally(() => seen.push('finally'));
    return seen;
  },
  'a second page, and a second page again': async (client) => {
    const first = await permissionsOf(client).list(model, { limit: 10 });
    const pages = [await first.getNextPage(), await first.getNextPage()];
    return pages.map((page) => page.data);
  },
  'asking for the page after a grant': async (client, emulator) => {
    const project = emulator.organization.state.addProject('New').id;
    const page = await permissionsOf(client).create(model, { project_ids: [project] });
    return [page.hasNextPage(), await page.getNextPage().catch(classOf)];
  },
};

describe('beside the parsed result, our client offers what the official SDK offers', () => {
  for (const [title, call] of Object.entries(ways))
    it(title, async () => {
      const { sdk, ours } = await converse(call);
      assert.equal(sdk.error, undefined);
      assert.notEqual(sdk.result, undefined);
      assert.equal(ours.error, undefined);
      assert.deepEqual(ours.result, sdk.result);
      assert.deepEqual(ours.requests, sdk.requests);
    });
});
