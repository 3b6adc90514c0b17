import assert from 'node:assert/strict';
import { permissionsOf } from './calls';
import { converse } from './conversation';
import { assertSameRequests } from './results';

/** Every printable ASCII character, each between letters so that none of them stands at an edge. */
const printable = Array.from({ length: 0x7f - 0x20 }, (_, index) => String.fromCharCode(0x20 + index));

const ids: Readonly<Record<string, string>> = {
  'a final model': 'ft:gpt-4o-mini-2024-07-18:acme::B7R9VjQd',
  'a step of a model': 'ft:gpt-4.1-2025-04-14:acme:support-bot:CZtsdFlR:ckpt-step-16',
  'a path of its own': 'ft:a/../../organization/projects',
  'a query and a fragment': 'ft:a?limit=1#fragment',
  'an escape': 'ft:a%2Fb%20c',
  'letters beyond ASCII': 'ft:größe:模型:🚢',
  'dots that are not a whole segment': '...',
  'control characters': 'ft:a\t\n\u0000b',
  ...Object.fromEntries(printable.map((character) => [`"${character}"`, `ft:a${character}b`])),
};

describe('an id in a path', () => {
  for (const [title, id] of Object.entries(ids)) {
    it(`is written as the official SDK writes it: ${title}`, async () => {
      const list = await converse((client) => permissionsOf(client).list(id));
      const create = await converse((client) =>
        permissionsOf(client).create(id, { project_ids: ['proj_a'] }),
      );
      const remove = await converse((client) =>
        permissionsOf(client).delete(id, { fine_tuned_model_checkpoint: id }),
      );
      for (const both of [list, create, remove]) {
        assert.equal(both.sdk.requests.length, 1);
        assertSameRequests(both);
      }
    });
  }

  for (const id of ['.', '..'])
    it(`is refused like the official SDK refuses it, before anything is sent: ${id}`, async () => {
      for (const both of [
        await converse((client) => permissionsOf(client).list(id)),
        await converse((client) => permissionsOf(client).delete(id, { fine_tuned_model_checkpoint: 'ft:a' })),
      ]) {
        assert.deepEqual([both.sdk.requests, both.ours.requests], [[], []]);
        for (const { error } of [both.sdk, both.ours])
          assert.equal((error as Error).constructor.name, 'OpenAIError');
      }
    });
});
