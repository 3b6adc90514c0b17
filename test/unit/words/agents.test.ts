import assert from 'node:assert/strict';
import {
  changeInWords,
  explainNeeds,
  explainQuestion,
  failedAccess,
  listAccessQuestion,
  listCheckpointsQuestion,
  notNamed,
  oldAccess,
  proposedInWords,
  stageQuestion,
} from '../../../src/words/agents';

const baseURL = 'https://api.openai.com/v1';
const requests = (least: number, isSample = false, withNames = true) => ({
  least,
  baseURL,
  isSample,
  withNames,
});
const change = { action: 'grant', project: 'proj_one', checkpoint: 'ft:a:b:c:d' } as const;

describe('the words of the tools', () => {
  it('ask before requests, with their number and where they go', () => {
    assert.deepEqual(listAccessQuestion('bot', 'checkpoint', requests(2)), {
      title: 'Let an agent load access?',
      message:
        'The agent gets which projects may use bot, with names and IDs. At least 2 requests, sent to https://api.openai.com/v1 with your admin API key. Long lists take more: up to 20 pages of permissions, and all of the list of projects. The agent passes what it gets on to its language model. Your API key is not part of it.',
      running: 'Listing access to fine-tuned models',
    });
    assert.equal(
      explainQuestion('Berths', 'bot', requests(1)).message,
      "The agent gets why Berths can, or can't, use bot, with names, IDs, and who granted it. At least 1 request, sent to https://api.openai.com/v1 with your admin API key. Long lists take more. The agent passes what it gets on to its language model. Your API key is not part of it.",
    );
    const more = (of: 'checkpoint' | 'project', withNames: boolean) =>
      /admin API key\.(.*) The agent passes/.exec(
        listAccessQuestion('bot', of, requests(1, false, withNames)).message,
      )?.[1];
    assert.equal(more('checkpoint', false), ' A long list takes more, up to 20 pages.');
    assert.equal(more('project', true), ' A long list of projects takes more.');
    assert.equal(more('project', false), '');
  });

  it('say that nothing is sent where nothing is', () => {
    assert.ok(
      listAccessQuestion('Berths', 'project', requests(0)).message.startsWith(
        'The agent gets which checkpoints Berths may use, with names and IDs. Nothing is sent to the API.',
      ),
    );
    assert.ok(listCheckpointsQuestion(requests(0)).message.includes('Nothing is sent to the API.'));
    assert.ok(
      listAccessQuestion('bot', 'checkpoint', requests(3, true)).message.includes(
        'This is sample data, so nothing is sent to the API.',
      ),
    );
  });

  it('name the changes, and how many there are', () => {
    const one = changeInWords('grant', 'Berths', 'bot');
    const { title, message } = stageQuestion([one]);
    assert.equal(title, 'Stage 1 change proposed by an agent?');
    assert.ok(message.startsWith('The agent wants to stage: grant Berths access to bot. Nothing is sent'));
    const many = stageQuestion(Array(12).fill(changeInWords('revoke', 'Berths', 'bot')));
    assert.equal(many.title, 'Stage 12 changes proposed by an agent?');
    assert.ok(many.message.includes('revoke access of Berths to bot, and 2 more.'), many.message);
  });

  it('say what became of a change, with the age of what decided it', () => {
    const now = Date.UTC(2026, 10, 1);
    const hour = 3_600_000;
    assert.equal(
      proposedInWords({ ...change, result: 'has', loadedAt: now - 3 * hour }, now),
      'Not staged: the project has access already. Access was loaded 3 hours ago.',
    );
    assert.equal(proposedInWords({ ...change, result: 'staged' }, now), 'Staged.');
  });

  it('say of the access of a project what is old, and what failed', () => {
    const now = Date.UTC(2026, 10, 1);
    const day = 86_400_000;
    assert.equal(
      oldAccess(1, now - 3 * day, now),
      'Its access to 1 checkpoint is known by what is old: it was loaded 3 days ago.',
    );
    assert.equal(
      oldAccess(4, now - 3 * day, now),
      'Its access to 4 checkpoints is known by what is old: the oldest was loaded 3 days ago.',
    );
    assert.equal(failedAccess(1, 'It hung.'), "Its access to 1 checkpoint couldn't be loaded. It hung.");
    assert.equal(failedAccess(2, 'It hung.'), "Its access to 2 checkpoints couldn't be loaded. It hung.");
  });

  it('say what loading takes, and nothing where it takes nothing', () => {
    assert.equal(
      explainNeeds(5),
      'At least 5 requests, to load what is missing or old. Call this tool with load set to true for that.',
    );
    assert.equal(explainNeeds(0), '');
  });

  it('offer the IDs of a name that several have', () => {
    assert.equal(
      notNamed('project', ['proj_a', 'proj_b'], 2),
      'Several projects have this name. Use an ID of these: proj_a and proj_b.',
    );
    assert.match(notNamed('checkpoint', ['a'], 21), /\(21 in all\)/);
    assert.match(notNamed('checkpoint', [], 0), /^No checkpoint in the list has this name\./);
  });
});
