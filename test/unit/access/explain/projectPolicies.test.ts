import assert from 'node:assert/strict';
import { matchPolicy } from '../../../../src/access/explain/projectPolicies';

const base = 'gpt-4.1-2025-04-14';
const model = `ft:${base}:acme:bot:CZtsdFlR`;
const step = `${model}:ckpt-step-16`;

describe('a list of a model policy and a checkpoint', () => {
  const match = (checkpoint: string, ...models: string[]) => matchPolicy(new Set(models), checkpoint);

  it('is a match by its own ID alone', () => {
    assert.deepEqual(match(model, base, model), { kind: 'listed' });
    assert.deepEqual(match(step, step, model), { kind: 'listed' });
  });

  it('is no match by a step for its model, or by another model', () => {
    assert.deepEqual(match(model, step), { kind: 'notListed' });
    assert.deepEqual(match(step, `${model}:ckpt-step-1`), { kind: 'notListed' });
    assert.deepEqual(match(model, `${model}0`, 'gpt-4.1-mini-2025-04-14', 'gpt-4', 'ft:gpt-4.1'), {
      kind: 'notListed',
    });
    assert.deepEqual(match(model), { kind: 'notListed' });
  });

  it('is uncertain by what it was made from: its base model, dated or not, and the model of a step', () => {
    assert.deepEqual(match(model, base), { kind: 'related', models: [base] });
    assert.deepEqual(match(model, 'gpt-4.1'), { kind: 'related', models: ['gpt-4.1'] });
    assert.deepEqual(match(step, 'gpt-4.1', model, base), {
      kind: 'related',
      models: [model, base, 'gpt-4.1'],
    });
  });
});
