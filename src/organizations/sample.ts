import { Catalog } from '../access/catalog';
import { Organization } from '../access/organization';
import { OpenAIAdmin, type RequestReport } from '../openai';
import type { SampleOrganization } from '../sample';
import type { SampleId } from './samples';

/**
 * A sample organization, behind the same client as a real one: its transport answers from memory, so no socket is
 * opened and no key is needed. Its code is loaded here, when it is chosen, and its state begins anew each time.
 */
export async function openSample(
  id: SampleId,
  onRequest: (report: RequestReport) => void,
): Promise<Organization> {
  const { createSampleOrganization, createSecondSampleOrganization, sampleTransport } = await import(
    '../sample'
  );
  const makers: Readonly<Record<SampleId, () => SampleOrganization>> = {
    sample: createSampleOrganization,
    'sample-2': createSecondSampleOrganization,
  };
  const sample = makers[id]();
  const client = new OpenAIAdmin({
    adminAPIKey: sample.adminAPIKey,
    baseURL: sample.baseURL,
    transport: sampleTransport(sample),
    onRequest,
  });
  let kept: unknown = { version: 1, checkpoints: sample.listed };
  const inMemory = {
    read: () => kept,
    write: async (value: unknown) => {
      kept = value;
    },
  };
  return new Organization(id, sample.name, true, client, new Catalog(inMemory));
}
