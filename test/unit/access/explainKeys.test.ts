import assert from 'node:assert/strict';
import { explain } from '../../../src/words/errors';
import { faults } from '../../emulator';
import { checkpoint, usePlace } from './support';

describe('a failure with a project API key', () => {
  const place = usePlace(0);

  async function failureWith(fault: ReturnType<typeof faults.status>): Promise<unknown> {
    place.emulator.fail('permissions.list', fault);
    return place.organization.api.list(checkpoint).then(
      () => assert.fail('it did not fail'),
      (error: unknown) => error,
    );
  }

  it('names that key and its command, never the admin key', async () => {
    for (const fault of [
      faults.status(401),
      faults.status(403),
      faults.status(401, { body: { error: { message: 'Missing scopes: api.model.read.' } } }),
      faults.html(502),
    ]) {
      const explained = explain(await failureWith(fault), 'project API key');
      assert.doesNotMatch(JSON.stringify({ ...explained, detail: '' }), /admin/i);
      assert.notEqual(explained.offer, 'setAdminKey');
    }
    const unknown = explain(await failureWith(faults.status(401)), 'project API key');
    assert.match(unknown.what, /project API key/);
    assert.match(unknown.next, /Add Project Key…/);
  });
});
