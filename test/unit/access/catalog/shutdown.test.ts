import assert from 'node:assert/strict';
import { daysLeft, hasShutDown, shutdownOf } from '../../../../src/access/catalog/shutdown';
import { shutdownDateOf } from '../../../../src/sample/data/shutdownDates';
import { shutdownInWords } from '../../../../src/words/shutdown';

const now = Date.parse('2026-11-21T15:00:00Z');

describe('the end of a fine-tuned model', () => {
  for (const [model, end] of [
    ['gpt-4o-mini-2024-07-18', '2027-01-14'],
    ['gpt-4o-2024-08-06', '2027-01-14'],
    ['gpt-4o-2024-11-20', '2027-01-14'],
    ['gpt-4.1-2025-04-14', '2027-01-14'],
    ['gpt-4.1-mini-2025-04-14', '2027-01-14'],
    ['gpt-4.1-nano-2025-04-14', '2026-10-23'],
    ['gpt-3.5-turbo-0125', '2026-10-23'],
    ['gpt-4-0613', '2026-10-23'],
    ['o4-mini-2025-04-16', '2026-10-23'],
    ['babbage-002', '2026-10-23'],
    ['davinci-002', '2026-10-23'],
    ['gpt-4o-2024-05-13', undefined],
    ['gpt-5', undefined],
  ] as const) {
    it(`${model.endsWith('-002') ? 'Truth 25: ' : ''}of ${model} is ${end ?? 'not known'}`, () => {
      assert.equal(shutdownOf(model)?.shutsDownOn, end);
      assert.equal(shutdownDateOf(model) ?? undefined, end, 'in the sample');
    });
  }

  it('is what the server says, where it says it', () => {
    assert.deepEqual(shutdownOf('gpt-4.1-2025-04-14', '2027-03-01'), {
      shutsDownOn: '2027-03-01',
      source: 'models',
    });
    assert.deepEqual(shutdownOf('gpt-4.1-2025-04-14', 'soon')?.source, 'table');
    assert.deepEqual(shutdownOf('gpt-4.1-2025-04-14', null)?.source, 'table');
    assert.deepEqual(shutdownOf('gpt-4.1-2025-04-14', '2027-13-45')?.source, 'table', 'there is no such day');
  });

  it('is not taken from a server that sends what is no day', () => {
    for (const word of ['2027-99-99', '2027-00-10', '2027-13-01T00:00:00Z']) {
      const end = shutdownOf('gpt-4.1-2025-04-14', word);
      assert.equal(end?.source, 'table', word);
      assert.doesNotThrow(() => end && shutdownInWords(end, now));
      assert.equal(shutdownOf('gpt-5', word), undefined);
    }
  });

  it('counts whole days at any hour, and has not come on the day itself', () => {
    const end = { shutsDownOn: '2026-11-22', source: 'table' } as const;
    for (const hour of ['00:00:00', '23:59:59']) {
      assert.equal(daysLeft(end, Date.parse(`2026-11-21T${hour}Z`)), 1);
      assert.equal(hasShutDown(end, Date.parse(`2026-11-22T${hour}Z`)), false);
      assert.equal(hasShutDown(end, Date.parse(`2026-11-23T${hour}Z`)), true);
    }
  });
});
