import assert from 'node:assert/strict';
import { UsageCache } from '../../../../../src/access/evidence/review/usageCache';
import { usageQuery } from '../../../../../src/access/evidence/usageDays';
import { faults } from '../../../../emulator';
import { usePlace } from '../../support';

const at = 1e12;

describe('usage of other kinds', () => {
  const place = usePlace(1);

  it('Truth 26: refuses no page, and keeps access from being called unused', async () => {
    const result = {
      object: 'organization.usage.completions.result',
      num_model_requests: 3,
      model: 'ft:a',
      project_id: 'proj_1',
    };
    const snapshotOf = async (results: readonly object[]) => {
      const { start_time } = usageQuery(at, []);
      const bucket = { object: 'bucket', start_time, end_time: start_time + 86_400, results };
      const body = { object: 'page', data: [bucket], has_more: false, next_page: null };
      place.emulator.fail('usage.completions', faults.status(200, { body }), 1);
      const cache = new UsageCache(place.organization.organizationAPI.usage, () => at);
      return cache.read(new AbortController().signal);
    };
    assert.equal((await snapshotOf([result])).unattributed, undefined);
    const mixed = await snapshotOf([{ object: 'organization.usage.embeddings.result' }, result]);
    assert.equal(mixed.unattributed, true);
    assert.equal(mixed.uses.get('ft:a')?.get('proj_1')?.requests, 3);
  });
});
