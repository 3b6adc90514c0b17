import assert from 'node:assert/strict';
import { services } from '../../support/extension';

describe('after another restart', () => {
  it('Truth 21: the lost key is said to be gone, and for the removed one the view asks as at first', async () => {
    const { keys, current } = await services();
    assert.equal(await keys.get('default'), undefined);
    const shown = await current.get();
    assert.ok(shown.kind === 'keyGone', shown.kind);
    assert.equal(shown.profile.id, 'second', 'the choice is remembered');
    await current.show('default');
    assert.equal((await current.get()).kind, 'none');
  });
});
