import assert from 'node:assert/strict';
import { reasonsWithoutEffect, type WhyWithoutEffect } from '../../../src/access/withoutEffect';
import {
  effectCell,
  effectiveInWords,
  effectTooltip,
  loadPolicies,
  policiesLoading,
  policiesNote,
  withoutEffectClauses,
  withoutEffectInWords,
} from '../../../src/words/effect';
import { policiesLine } from '../../../src/words/permissionsTab';

const now = Date.parse('2026-11-21T12:00:00Z');
const minute = 60_000;

describe('whether access is effective', () => {
  it('is yes, no, or unknown, with what decides it', () => {
    assert.deepEqual(effectiveInWords, { can: 'yes', cannot: 'no', unknown: 'unknown' });
    assert.equal(effectCell({ kind: 'can', gates: ['policy'] }), 'yes');
    assert.equal(
      effectCell({ kind: 'cannot', gates: ['policy', 'shutdown'] }),
      'no · model policy, shutdown',
    );
    assert.equal(effectCell({ kind: 'unknown', gates: ['project'] }), 'unknown · project');
    assert.equal(effectTooltip({ kind: 'can', gates: [] }), 'The project can use the checkpoint.');
    assert.equal(
      effectTooltip({ kind: 'can', gates: ['policy', 'shutdown'] }),
      'The project can use the checkpoint. Inferred, not confirmed: model policy and shutdown.',
    );
    assert.equal(
      effectTooltip({ kind: 'cannot', gates: ['project'] }),
      "The project can't use the checkpoint. What keeps it from that: project.",
    );
    assert.equal(
      effectTooltip({ kind: 'unknown', gates: ['permission'] }),
      'Whether the project can use the checkpoint is unknown, because of this: owner or permission.',
    );
  });

  it('says for a preview that granting has no effect', () => {
    const said = (...why: WhyWithoutEffect[]) => withoutEffectInWords({ why }, now);
    assert.equal(said(), '');
    assert.equal(
      said('blocked'),
      'Granting access will have no effect. The model policy of the project blocks the models in its list. This checkpoint is in the list.',
    );
    assert.equal(
      said('archived', 'notAllowed'),
      "Granting access will have no effect. The project is archived. The model policy of the project allows only the models in its list. This checkpoint isn't in the list.",
    );
    assert.equal(
      withoutEffectInWords({ why: ['notFound'], asOf: now - 20 * minute }, now),
      'Granting access will have no effect. This organization has no such project. This was loaded 20 minutes ago, and may be out of date.',
    );
  });

  it('has a clause for each reason', () => {
    assert.deepEqual(Object.keys(withoutEffectClauses), [...reasonsWithoutEffect]);
  });
});

describe('model policies', () => {
  const facts = { projects: 12, notLoaded: 0, old: 0, failed: 0 };
  const note = (more: object) => policiesNote({ ...facts, ...more }, now);

  it('are said to be loaded, missing, or failed, with the cost of loading them', () => {
    assert.equal(note({ projects: 0 }), '');
    assert.equal(note({ notLoaded: 12 }), "The model policies of 12 projects aren't loaded.");
    assert.equal(note({ projects: 1, notLoaded: 1 }), "The model policy of 1 project isn't loaded.");
    assert.equal(
      note({ notLoaded: 1, loadedAt: now - 5 * minute }),
      "The model policy of 1 of 12 projects isn't loaded. Model policies were loaded 5 minutes ago.",
    );
    assert.equal(
      note({ notLoaded: 3, failed: 2, failure: 'The key lacks a scope.' }),
      "The model policies of 3 of 12 projects aren't loaded. The model policies of 2 projects couldn't be loaded. The key lacks a scope.",
    );
    assert.equal(note({ failed: 1 }), "The model policy of 1 project couldn't be loaded.");
    assert.equal(loadPolicies(1, false), 'Load Model Policies (1 request)');
    assert.equal(loadPolicies(1200, false), 'Load Model Policies (1,200 requests)');
    assert.equal(loadPolicies(1, true), 'Load Model Policies Again (1 request)');
    assert.equal(loadPolicies(12, true), 'Load Model Policies Again (12 requests)');
  });

  it('say what they are missing for, and how far they are while they load', () => {
    assert.equal(policiesLoading({ done: 0, total: 1 }), 'Loading model policies: 0 of 1 request…');
    const progress = { done: 3, total: 12 };
    const line = (more: object) => policiesLine({ ...facts, ...more }, now, 1000);
    assert.equal(line({ progress }), 'Loading model policies: 3 of 12 requests…');
    assert.match(
      line({ progress, wait: { reason: 'rate-limit', until: 9000 } }),
      /^Loading model policies: 3 of 12 requests… .+\.$/,
    );
    assert.equal(
      line({ notLoaded: 12 }),
      "Whether access is effective is unknown where a model policy decides it. The model policies of 12 projects aren't loaded.",
    );
    assert.equal(line({ projects: 0 }), '');
  });
});
