import assert from 'node:assert/strict';
import { ActiveProfile } from '../../../src/organizations/activeProfile';
import { samples } from '../../../src/organizations/samples';
import { createSampleOrganization, createSecondSampleOrganization } from '../../../src/sample';
import { FakeMemento } from './memento';

describe('what a window shows', () => {
  let everywhere: FakeMemento;
  beforeEach(() => {
    everywhere = new FakeMemento();
  });

  /** A window, and what it is after a restart. */
  function open(window = new FakeMemento()) {
    return { active: new ActiveProfile({ everywhere, window }), restart: () => open(window), window };
  }
  const shown = ({ active }: ReturnType<typeof open>) => [active.profile, active.sample];

  it('is the default profile at first', () => assert.deepEqual(shown(open()), ['default', undefined]));

  it('is what was chosen in it, over restarts', async () => {
    const window = open();
    await window.active.choose('one');
    assert.deepEqual(shown(window.restart()), ['one', undefined]);
  });

  it('that is new is what was chosen last in any', async () => {
    await open().active.choose('one');
    await open().active.choose('two');
    assert.deepEqual(shown(open()), ['two', undefined]);
  });

  it('stays what it is when another window chooses, also over a restart', async () => {
    const [here, settled, there] = [open(), open(), open()];
    await here.active.choose('one');
    await settled.active.rememberProfile();
    await there.active.choose('two');
    assert.deepEqual(shown(here), ['one', undefined]);
    assert.deepEqual(shown(here.restart()), ['one', undefined]);
    assert.deepEqual(shown(settled.restart()), ['default', undefined]);
  });

  it('is a sample only in the window that chose it, and the profile again afterwards', async () => {
    const window = open();
    await window.active.choose('one');
    await window.active.choose('sample');
    assert.deepEqual(shown(window.restart()), ['one', 'sample']);
    assert.deepEqual(shown(open()), ['one', undefined]);
    await window.active.leaveSample();
    assert.deepEqual(shown(window.restart()), ['one', undefined]);
  });

  it('is each sample by its id, and the first as it was remembered before there were others', async () => {
    for (const { id } of samples) {
      const window = open();
      await window.active.choose(id);
      assert.equal(window.restart().active.sample, id);
    }
    const window = new FakeMemento();
    await window.update('sampleChosen', true);
    assert.equal(open(window).active.sample, 'sample');
  });

  it('takes nothing from a damaged memory', async () => {
    const window = new FakeMemento();
    await window.update('sampleChosen', 'no such sample');
    await window.update('profileShown', { id: 'one' });
    assert.deepEqual(shown(open(window)), ['default', undefined]);
  });

  it('offers the samples by the names that they have', () => {
    assert.deepEqual(
      samples.map(({ name }) => name),
      [createSampleOrganization().name, createSecondSampleOrganization().name],
    );
  });
});
