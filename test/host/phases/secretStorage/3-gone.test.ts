import assert from 'node:assert/strict';
import { services } from '../../support/extension';

describe('after another restart', () => {
  it('the removed key is gone and the view asks for one', async () => {
    const { keys, current } = await services();
    assert.equal(await keys.get('default'), undefined);
    const shown = await current.get();
    assert.equal(
      shown.kind === 'organization' && shown.organization.id,
      'second',
      'the choice is remembered',
    );
    await current.show('default');
    assert.equal((await current.get()).kind, 'none');
  });
});
