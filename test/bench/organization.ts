import { Catalog } from '../../src/access/catalog/catalog';
import { Organization } from '../../src/access/organization';
import { OpenAIAdmin } from '../../src/openai';
import { createSampleOrganization, type SampleOrganization, sampleTransport } from '../../src/sample';

/** How many checkpoints and projects a measured organization has. */
export interface BenchSize {
  readonly checkpoints: number;
  readonly projects: number;
}

/**
 * An organization in which two in five projects can use each checkpoint, with usage and an audit log, behind the real
 * client. Its transport responds from memory, so that only the page is measured.
 */
export function largeOrganization(size: BenchSize): Organization {
  const sample = createSampleOrganization({ fill: (sample) => fill(sample, size) });
  const client = new OpenAIAdmin({
    adminAPIKey: sample.adminAPIKey,
    baseURL: sample.baseURL,
    transport: sampleTransport(sample),
  });
  const kept = { version: 1, checkpoints: sample.checkpoints };
  const catalog = new Catalog({ read: () => kept, write: async () => undefined });
  return new Organization({ id: 'bench', name: 'Bench', isSample: true, client, catalog });
}

function fill(sample: SampleOrganization, size: BenchSize): void {
  const { state } = sample;
  const projects = Array.from(
    { length: size.projects },
    (_, index) =>
      state.addProject(`${['Support', 'Billing', 'Harbour', 'Fleet'][index % 4]} project ${index}`).id,
  );
  const [owner = ''] = projects;
  for (let number = 0; number < size.checkpoints; number += 1) {
    const permissions = projects.filter((_, index) => index > 0 && (index * 7 + number * 3) % 5 < 2);
    sample.addCheckpoint(`ft:gpt-4.1-2025-04-14:bench:model-${number}:${`${number}`.padStart(8, 'A')}`, {
      owner,
      permissions,
    });
  }
}
