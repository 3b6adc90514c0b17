import assert from 'node:assert/strict';
import type { ShutdownPlace } from '../../../src/access/catalog/shutdownPlaces';
import {
  foundShutdownsTitle,
  moreProblems,
  noShutdownsFound,
  placeInFile,
  problemInWords,
  shutdownGaps,
} from '../../../src/words/shutdownProblems';

const now = Date.parse('2026-11-28T15:00:00Z');
const id = 'ft:gpt-4.1-2025-04-14:acme:support-bot:B7R9VjQd:ckpt-step-16';
const name = 'support-bot · step 16';

function place(shutsDownOn: string, more: Partial<ShutdownPlace> = {}): ShutdownPlace {
  const notice = shutsDownOn < '2026-11-28' ? 'shutDown' : 'shutsDownSoon';
  const shutdown = { shutsDownOn, source: 'table' } as const;
  return { kind: 'checkpoint', id, line: 0, start: 0, end: id.length, shutdown, notice, ...more };
}

describe('models that shut down, in Problems', () => {
  const announced = 'OpenAI announced this date for its base model (as of Nov 21, 2026).';
  for (const [day, sentence] of [
    ['2027-01-14', 'shuts down on Jan 14, 2027 (in 47 days).'],
    ['2026-11-29', 'shuts down tomorrow, Nov 29, 2026.'],
    ['2026-11-28', 'shuts down today, Nov 28, 2026. It may still respond.'],
    ['2026-10-23', 'shut down on Oct 23, 2026. Requests to it fail, even with access.'],
  ] as const)
    it(`say: ${sentence}`, () =>
      assert.equal(problemInWords(place(day), now), `${name} ${sentence} ${announced}`));

  it('say where the date comes from', () => {
    const reported = place('2027-01-14', { shutdown: { shutsDownOn: '2027-01-14', source: 'models' } });
    assert.equal(
      problemInWords(reported, now),
      `${name} shuts down on Jan 14, 2027 (in 47 days). The API reported this date.`,
    );
    const legacy = place('2024-01-04', { kind: 'legacy', id: 'davinci:ft-acme-2023-08-24-16-25-55' });
    assert.equal(
      problemInWords(legacy, now),
      'davinci:ft-acme-2023-08-24-16-25-55 shut down on Jan 4, 2024. Requests to it fail, even with access. OpenAI announced this date for models of the retired fine-tunes API (as of Nov 21, 2026).',
    );
  });

  it('say that there are more', () =>
    assert.equal(
      moreProblems(1000),
      'This file may have more models that shut down. Only the first 1,000 are listed.',
    ));
});

describe('the search for models that shut down', () => {
  it('counts places and files', () => {
    assert.equal(foundShutdownsTitle(1, 1), 'Find Models That Shut Down · 1 place · 1 file');
    assert.equal(foundShutdownsTitle(1200, 3), 'Find Models That Shut Down · 1,200 places · 3 files');
    assert.equal(placeInFile('src/a.ts', 0), 'src/a.ts:1');
  });

  it('never takes what it did not find for nothing', () => {
    assert.equal(
      noShutdownsFound,
      'No model in the files of this workspace is known to have shut down or to shut down within 60 days.',
    );
    assert.equal(
      shutdownGaps([{ kind: 'stopped' }], false),
      'No model that shuts down was found, but not all files were searched. The search was stopped.',
    );
    assert.equal(
      shutdownGaps([{ kind: 'tooManyPlaces', most: 5000 }], true),
      'The workspace may have more models that shut down. Found more than 5,000 places, so the search ended early.',
    );
  });
});
