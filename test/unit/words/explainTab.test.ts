import assert from 'node:assert/strict';
import {
  checkpointMissing,
  missingScopesExplained,
  otherModelExplained,
  projectMissing,
} from '../../../src/words/accessError';
import { heardInWords, loadExplanation, loadExplanationAgain } from '../../../src/words/explainTab';

describe('words: explaining access', () => {
  it('says what loading takes', () => {
    assert.equal(loadExplanation(1), 'Load (at least 1 request)');
    assert.equal(loadExplanation(5), 'Load (at least 5 requests)');
    assert.equal(loadExplanationAgain(1), 'Load Again (at least 1 request)');
    assert.equal(loadExplanationAgain(4), 'Load Again (at least 4 requests)');
  });

  it('says which error led here, and that access may have come since then', () => {
    assert.equal(
      heardInWords('noAccess', 'clipboard', false),
      'The error in the clipboard says that the project has no access to the model.',
    );
    assert.equal(
      heardInWords('notFound', 'selection', true),
      'The error in the selected text says that there is no such model, or that the project has no access to it. ' +
        'That may have changed since then. A new permission can take a while to work.',
    );
    assert.equal(
      heardInWords('owningProject', 'terminal', true),
      'The error in the selected text of the terminal says that a change was refused, because a project owns the model. ' +
        "The owner always has access, and that can't be changed.",
    );
    assert.equal(
      heardInWords('other', 'clipboard', true),
      'These IDs are from the clipboard. No error of a known kind is beside them.',
    );
  });

  it('says what an error lacks', () => {
    assert.equal(projectMissing('support-bot'), 'The error names support-bot and no project.');
    assert.equal(
      checkpointMissing('Berth planning'),
      'The error names Berth planning and no checkpoint. Select the checkpoint that the request was for.',
    );
  });

  it('explains errors that no permission decides about', () => {
    assert.equal(
      missingScopesExplained(['model.request']),
      'The API refused the request because its key lacks the scope model.request. ' +
        'Use a key that has it, or ask an organization owner to add it to the key. ' +
        "Granting access to a checkpoint doesn't change what a key may do.",
    );
    assert.match(
      missingScopesExplained(['a.read', 'b.write']),
      /^The API refused the request because its key lacks the scopes a\.read and b\.write\. Use a key that has them,/,
    );
    assert.equal(
      otherModelExplained('gpt-4.1', undefined),
      "The error is about gpt-4.1. It isn't a checkpoint of a fine-tuned model, so no permission decides who can use it. " +
        "Check the model policy in OpenAI's settings of the project.",
    );
    assert.match(
      otherModelExplained('gpt-4.1', 'Berth planning'),
      /model policy of Berth planning in OpenAI's/,
    );
  });
});
