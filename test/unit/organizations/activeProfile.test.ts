import assert from 'node:assert/strict';
import { ActiveProfile } from '../../../src/organizations/activeProfile';
import { samples } from '../../../src/organizations/samples';
import { createSampleOrganization, createSecondSampleOrganization } from '../../../src/sample';
import { FakeMemento } from './memento';

describe('the active profile', () => {
  let everywhere: FakeMemento;
  beforeEach(() => {
    everywhere = new FakeMemento();
  });

  /** A window, and a function that restarts it. */
  function open(window = new FakeMemento()) {
    return { active: new ActiveProfile({ everywhere, window }), restart: () => open(window), window };
  }
  const shown = ({ active }: ReturnType<typeof open>) => [active.profile, active.sample];

  it('is the default profile at first', () => assert.deepEqual(shown(open()), ['default', undefined]));

  it('is the one chosen in the window, over restarts', async () => {
    const window = open();
    await window.active.choose('one');
    assert.deepEqual(shown(window.restart()), ['one', undefined]);
  });

  it('of a new window is the one chosen last in any', async () => {
    await open().active.choose('one');
    await open().active.choose('two');
    assert.deepEqual(shown(open()), ['two', undefined]);
  });

  it('doesn’t change by a choice in another window, also over a restart', async () => {
    const [here, settled, there] = [open(), open(), open()];
    await here.active.choose('one');
    await settled.active.rememberProfile();
    await there.active.choose('two');
    assert.deepEqual(shown(here), ['one', undefined]);
    assert.deepEqual(shown(here.restart()), ['one', undefined]);
    assert.deepEqual(shown(settled.restart()), ['default', undefined]);
  });

  it('is replaced by a sample only in the window that chose it, until it is left', async () => {
    const window = open();
    await window.active.choose('one');
    await window.active.choose('sample');
    assert.deepEqual(shown(window.restart()), ['one', 'sample']);
    assert.deepEqual(shown(open()), ['one', undefined]);
    await window.active.leaveSample();
    assert.deepEqual(shown(window.restart()), ['one', undefined]);
  });

  it('stores each sample by its ID, and the first one as older versions did', async () => {
    for (const { id } of samples) {
      const window = open();
      await window.active.choose(id);
      assert.equal(window.restart().active.sample, id);
    }
    const window = new FakeMemento();
    await window.update('sampleChosen', true);
    assert.equal(open(window).active.sample, 'sample');
  });

  it('ignores damaged state', async () => {
    const window = new FakeMemento();
    await window.update('sampleChosen', 'no such sample');
    await window.update('profileShown', { id: 'one' });
    assert.deepEqual(shown(open(window)), ['default', undefined]);
  });

  it('has the names of the samples', () => {
    assert.deepEqual(
      samples.map(({ name }) => name),
      [createSampleOrganization().name, createSecondSampleOrganization().name],
    );
  });
});
