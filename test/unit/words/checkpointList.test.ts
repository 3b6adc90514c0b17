import assert from 'node:assert/strict';
import {
  addedInWords,
  alreadyListed,
  checkProjectQuestion,
  copiedInWords,
  filterPrompt,
  hiddenByFilter,
  notChecked,
  notListed,
  refusedInWords,
  removedInWords,
} from '../../../src/words/checkpointList';

const bot = 'ft:gpt-4.1:org:support-bot:11111111';
const other = 'ft:gpt-4.1:org:other-bot:22222222';

describe('the checkpoint list in words', () => {
  it('says what was added, and what is in it already', () => {
    assert.equal(addedInWords([]), 'Already in your checkpoint list');
    assert.equal(addedInWords([bot]), 'Added support-bot');
    assert.equal(addedInWords([bot, other]), 'Added 2 checkpoints');
    assert.equal(alreadyListed(1, 1), 'Already in your checkpoint list.');
    assert.equal(alreadyListed(3, 3), 'All 3 already in your checkpoint list.');
    assert.equal(alreadyListed(1, 3), '1 of 3 already in your checkpoint list.');
    assert.equal(
      refusedInWords([
        { text: 'gpt-4', why: 'baseModel' },
        { text: 'x', why: 'other' },
      ]),
      "“gpt-4” is a base model, which every project can use. Only fine-tuned models, whose IDs start with “ft:”, have permissions. “x” isn't the ID of a fine-tuned model or checkpoint. Those start with “ft:”.",
    );
  });

  it('says that removing changes no access', () => {
    assert.equal(
      removedInWords([bot]),
      'Removed support-bot from your checkpoint list only. Access stays as it is.',
    );
    assert.equal(
      removedInWords([bot, other]),
      'Removed 2 checkpoints from your checkpoint list only. Access stays as it is.',
    );
  });

  it('says what a filter shows and hides', () => {
    assert.equal(
      filterPrompt(1, 1250),
      '1 of 1,250 shown. Projects are found only where permissions are loaded.',
    );
    assert.equal(notListed(bot), "support-bot isn't in your checkpoint list.");
    assert.equal(hiddenByFilter([bot]), 'support-bot is in your checkpoint list, but the filter hides it.');
    assert.equal(
      hiddenByFilter([bot, bot]),
      '2 checkpoints are in your checkpoint list, but the filter hides them.',
    );
  });

  it('asks before it checks what a project can use, for one and several', () => {
    assert.equal(
      checkProjectQuestion('“Berth planning”', 1, 'x.').question,
      'Check whether “Berth planning” can use 1 more checkpoint?',
    );
    assert.deepEqual(checkProjectQuestion('“Berth planning”', 9, 'At least 9 requests.'), {
      question: 'Check whether “Berth planning” can use 9 more checkpoints?',
      detail: [
        "At least 9 requests. Checkpoints that aren't checked are shown as unknown.",
        'You can cancel anytime and keep what has loaded.',
      ].join('\n\n'),
    });
    assert.equal(
      notChecked(1, 1, 'support-bot: x.'),
      "1 of 1 checkpoint couldn't be checked, so its access is shown as unknown. support-bot: x.",
    );
    assert.equal(
      notChecked(1, 9, ''),
      "1 of 9 checkpoints couldn't be checked, so its access is shown as unknown.",
    );
    assert.equal(
      notChecked(2, 9, ''),
      "2 of 9 checkpoints couldn't be checked, so their access is shown as unknown.",
    );
  });

  it('says how many IDs were copied', () => {
    assert.deepEqual(
      (['checkpoint', 'model', 'permission', 'project'] as const).map((kind) => copiedInWords(kind, 1)),
      [
        'Copied 1 checkpoint ID',
        'Copied 1 fine-tuned model ID',
        'Copied 1 permission ID',
        'Copied 1 project ID',
      ],
    );
    assert.equal(copiedInWords('permission', 1250), 'Copied 1,250 permission IDs');
  });
});
