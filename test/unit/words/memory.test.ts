import assert from 'node:assert/strict';
import type { ChangedSince } from '../../../src/access/memory/accessMemory';
import { exactly } from '../../../src/text/dates';
import { changedSince, damaged, keepingFailed, keptCannotBeRemoved } from '../../../src/words/memory';

describe('words for what was kept between sessions', () => {
  const since = Date.UTC(2026, 10, 20, 14);
  const bot = 'ft:gpt-4o-mini-2024-07-18:acme:support-bot:B7R9VjQd';
  const reader = 'ft:gpt-4o-mini-2024-07-18:acme:reader:C8S0WkRe';
  const list = (checkpoint: string, ...actions: ('granted' | 'revoked')[]): ChangedSince => ({
    checkpoint,
    since,
    changes: actions.map((action, index) => ({
      action,
      checkpoint,
      permission: { id: `cp_${index}`, object: 'checkpoint.permission', project_id: 'proj_1', created_at: 1 },
    })),
  });

  it('Truth 23: say what changed since the last session, none, one and several', () => {
    const when = `(${exactly(since)})`;
    assert.deepEqual(
      [
        [list(bot), list(reader)],
        [list(bot, 'granted')],
        [list(bot, 'revoked'), list(reader)],
        [list(bot, 'granted', 'revoked', 'revoked'), list(reader, 'granted')],
      ].map((lists) => changedSince(lists)),
      [
        `Nothing changed since your last session ${when}.`,
        `Since your last session ${when}, 1 permission was granted for support-bot.`,
        `Since your last session ${when}, 1 permission was revoked for support-bot.`,
        `Since your last session ${when}, 2 permissions were granted and 2 permissions were revoked for support-bot and reader.`,
      ],
    );
  });

  it('say what could not be kept', () => {
    assert.equal(
      damaged('Acme'),
      'Some saved access data of Acme is damaged and was ignored. Load permissions again to see who has access.',
    );
    assert.match(
      keepingFailed(new Error('disk full')),
      /^Access data couldn't be kept for the next session\. /,
    );
    assert.match(keptCannotBeRemoved(new Error('busy')), /^Saved access data couldn't be deleted\. /);
  });
});
