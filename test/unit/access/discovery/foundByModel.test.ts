import assert from 'node:assert/strict';
import { foundByModel } from '../../../../src/access/discovery/foundByModel';

const model = (suffix: string, unique = 'Aa1Bb2Cc') =>
  `ft:gpt-4o-mini-2024-07-18:harbor-labs:${suffix}:${unique}`;
const step = (id: string, number: number) => `${id}:ckpt-step-${number}`;

describe('what was found, by model', () => {
  const arranged = (...ids: readonly string[]) =>
    foundByModel(ids.map((id) => ({ id, findings: [] }))).map(({ id, entries }) => [
      id,
      entries.map((entry) => entry.id),
    ]);

  it('orders models by name, and steps by number with the final model first', () => {
    const [zebra, ape, mule] = [model('zebra'), model('Ape'), model('mule')];
    assert.deepEqual(
      arranged(
        step(zebra, 1000),
        step(zebra, 90),
        mule,
        step(ape, 120),
        step(zebra, 200),
        ape,
        step(ape, 16),
      ),
      [
        [ape, [ape, step(ape, 16), step(ape, 120)]],
        [mule, [mule]],
        [zebra, [step(zebra, 90), step(zebra, 200), step(zebra, 1000)]],
      ],
    );
  });

  it('keeps the steps of models with the same name apart', () => {
    const [one, other] = [model('twin', 'One1One1'), model('twin', 'Two2Two2')];
    assert.deepEqual(arranged(step(other, 8), step(one, 16), step(other, 4), one), [
      [one, [one, step(one, 16)]],
      [other, [step(other, 4), step(other, 8)]],
    ]);
  });
});
