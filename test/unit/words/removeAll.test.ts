import assert from 'node:assert/strict';
import { allRemoved, type KeptData, removedWithAll } from '../../../src/words/removeAll';

const nothing: KeptData = { adminKeys: 0, projectKeys: 0, organizations: 0, checkpoints: 0, changes: 0 };

describe('the question before all keys and data are removed', () => {
  it('lists what is removed, and says what stays', () => {
    const text = removedWithAll({
      adminKeys: 2,
      projectKeys: 1,
      organizations: 1,
      checkpoints: 12,
      changes: 3,
    });
    for (const part of [
      '• 2 admin API keys',
      '• 1 project API key\n',
      '• 1 organization\n',
      '• Checkpoint lists (12 checkpoints)',
      "• Change history (3 changes, which can't be undone here afterward)",
      'To keep the history as a file',
      'They stay valid until you delete them',
      'for all VS Code profiles',
      'Your settings, exported files, and the log stay.',
    ])
      assert.ok(text.includes(part), `${part} in ${text}`);
  });

  it('says nothing of keys that are not there', () => {
    assert.doesNotMatch(removedWithAll(nothing), /API key/);
    assert.match(removedWithAll(nothing), /Change history \(empty\)/);
    assert.match(removedWithAll({ ...nothing, changes: undefined }), /can't be loaded now/);
  });

  it('never calls records removed that a window still writes', () => {
    assert.equal(allRemoved(0), 'All API keys and data were removed from this computer.');
    assert.match(allRemoved(1), /1 change may still be in progress in another window/);
  });
});
