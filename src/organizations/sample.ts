import { Catalog } from '../access/catalog';
import { Organization } from '../access/organization';
import { OpenAIAdmin, type RequestReport } from '../openai';

/**
 * The sample organization, behind the same client as a real one: its transport answers from memory, so no socket is
 * opened and no key is needed. Its code is loaded here, when it is chosen, and its state begins anew each time.
 */
export async function openSample(onRequest: (report: RequestReport) => void): Promise<Organization> {
  const { createSampleOrganization, sampleTransport } = await import('../sample');
  const sample = createSampleOrganization();
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
  return new Organization('sample', sample.name, true, client, new Catalog(inMemory));
}
