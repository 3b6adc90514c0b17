import { Catalog } from '../../../src/access/catalog/catalog';
import { Organization } from '../../../src/access/organization';
import { OpenAIAdmin } from '../../../src/openai';
import { createSampleOrganization, type SampleOrganization, sampleTransport } from '../../../src/sample';

/** Size of the measured table: every checkpoint is shared with two in five projects. */
export const size = { checkpoints: 50, projects: 501, permissions: 10_000 } as const;

/** An organization with 10,000 permissions, with usage and an audit log, behind the real client. */
export function organizationWithPermissions(): Organization {
  const sample = createSampleOrganization({ fill });
  const client = new OpenAIAdmin({
    adminAPIKey: sample.adminAPIKey,
    baseURL: sample.baseURL,
    transport: sampleTransport(sample),
  });
  const kept = { version: 1, checkpoints: sample.checkpoints };
  const catalog = new Catalog({ read: () => kept, write: async () => undefined });
  return new Organization({ id: 'bench', name: 'Bench', isSample: true, client, catalog });
}

function fill(sample: SampleOrganization): void {
  const { state } = sample;
  const projects = Array.from(
    { length: size.projects },
    (_, index) =>
      state.addProject(`${['Support', 'Billing', 'Harbour', 'Fleet'][index % 4]} project ${index}`).id,
  );
  const [owner = '', ...others] = projects;
  for (let number = 0; number < size.checkpoints; number += 1) {
    const permissions = others.filter((_, index) => (index * 7 + number * 3) % 5 < 2);
    sample.addCheckpoint(`ft:gpt-4.1-2025-04-14:bench:model-${number}:${`${number}`.padStart(8, 'A')}`, {
      owner,
      permissions,
    });
  }
}
