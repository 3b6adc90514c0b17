import assert from 'node:assert/strict';
import { Catalog, type CatalogRecord } from '../../../src/access/catalog/catalog';
import type { Project } from '../../../src/openai';
import { checkpointLabel, checkpointName, checkpointNames, projectName } from '../../../src/words/names';
import { quotedProject } from '../../../src/words/projects';

const one = 'ft:gpt-4.1-2025-04-14:acme:support-bot:AAAAAAAA';
const other = 'ft:gpt-4o-mini-2024-07-18:acme:support-bot:BBBBBBBB';
const step = `${one}:ckpt-step-16`;

function among(ids: readonly string[]) {
  let stored: unknown = {
    version: 2,
    checkpoints: ids.map((id) => ({ id, findings: [] })),
  } satisfies CatalogRecord;
  const write = async (record: CatalogRecord) => {
    stored = record;
  };
  return { catalog: new Catalog({ read: () => stored, write }) };
}

function projects(named: Readonly<Record<string, string>>) {
  const all = new Map(Object.entries(named).map(([id, name]) => [id, { id, name } as Project]));
  const nameOf = (id: string) => all.get(id)?.name ?? undefined;
  return { projects: { nameOf, snapshot: { projects: all, reading: false } } } as unknown as Parameters<
    typeof projectName
  >[0];
}

describe('Truth 27: names that look equal', () => {
  const alike = [
    'Berth planning',
    'berth planning',
    'Berth planning ',
    'Berth\u200b planning',
    'Berth  planning',
  ];

  it('of projects have their IDs beside them', () => {
    for (const name of alike) {
      const organization = projects({ proj_a: 'Berth planning', proj_b: name, proj_c: 'Customs desk' });
      assert.match(projectName(organization, 'proj_a'), / \(proj_a\)$/, JSON.stringify(name));
      assert.match(projectName(organization, 'proj_b'), / \(proj_b\)$/);
      assert.equal(projectName(organization, 'proj_c'), 'Customs desk');
      assert.match(quotedProject(organization.projects, 'proj_a'), /^“Berth planning” \(proj_a\)$/);
      assert.equal(quotedProject(organization.projects, 'proj_c'), '“Customs desk”');
    }
  });

  it('of projects in other normal forms and cases do, too', () => {
    for (const [first, second] of [
      ['Caf\u00e9', 'Cafe\u0301'],
      ['\u0130stanbul', 'istanbul'],
      ['straße', 'STRASSE'],
    ] as const)
      assert.match(projectName(projects({ proj_a: first, proj_b: second }), 'proj_a'), / \(proj_a\)$/);
  });

  it('of a project that is gone are compared with those that are there', () => {
    const organization = projects({ proj_a: 'Berth planning' });
    assert.equal(projectName(organization, 'proj_x', 'berth planning'), 'berth planning (proj_x)');
    assert.equal(projectName(organization, 'proj_x', 'Customs desk'), 'Customs desk');
    assert.equal(projectName(organization, 'proj_x'), 'proj_x');
  });

  it('that look like an ID have the ID beside them', () => {
    assert.equal(projectName(projects({ proj_a: 'proj_b' }), 'proj_a'), 'proj_b (proj_a)');
    assert.equal(projectName(projects({ proj_a: 'PROJ_b' }), 'proj_a'), 'PROJ_b (proj_a)');
  });

  it('of checkpoints have their IDs beside them', () => {
    const both = among([one, other, step]);
    assert.equal(checkpointName(one, both), `support-bot (${one})`);
    assert.equal(checkpointLabel(other, both), `support-bot (${other})`);
    assert.equal(checkpointNames([one], both), `support-bot (${one})`);
    assert.equal(checkpointName(step, both), 'support-bot (step 16)');
    assert.equal(checkpointName(one, among([one, step])), 'support-bot');
    assert.equal(checkpointName(one, among([`${other}:ckpt-step-16`, one])), `support-bot (${one})`);
    assert.equal(
      checkpointLabel(step, among([step, `${other}:ckpt-step-16`])),
      `support-bot · step 16 (${step})`,
    );
  });

  it('of checkpoints are compared anew when the list changes', async () => {
    const organization = among([one]);
    assert.equal(checkpointName(one, organization), 'support-bot');
    await organization.catalog.add([{ id: other, findings: [] }]);
    assert.equal(checkpointName(one, organization), `support-bot (${one})`);
  });
});
