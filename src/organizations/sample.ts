import { Catalog } from '../access/catalog/catalog';
import { Organization } from '../access/organization';
import { OpenAIAdmin, OpenAIProject, type RequestReport } from '../openai';
import {
  createSampleOrganization,
  createSecondSampleOrganization,
  type SampleOrganization,
  sampleTransport,
} from '../sample';
import type { SampleId } from './samples';

export { keepStaged } from '../access/plan/keptStaged';

/**
 * Opens a sample organization, with the client of a real one and a transport that responds from memory: no socket is
 * opened, and no key is needed. Each call creates a new state.
 */
export async function openSample(
  id: SampleId,
  onRequest: (report: RequestReport) => void,
): Promise<Organization> {
  const makers: Readonly<Record<SampleId, () => SampleOrganization>> = {
    sample: createSampleOrganization,
    'sample-2': createSecondSampleOrganization,
  };
  const sample = makers[id]();
  const options = {
    baseURL: sample.baseURL,
    transport: sampleTransport(sample),
    withoutServer: true,
    onRequest,
  };
  const client = new OpenAIAdmin({ adminAPIKey: sample.adminAPIKey, ...options });
  // Some projects have keys, so that Find Checkpoints has sources to offer.
  const projectClients = () =>
    sample.projectAPIKeys.map(({ key, project = '' }) => ({
      project,
      label: sample.state.projects.get(project)?.name ?? project,
      open: async () => new OpenAIProject({ apiKey: key, ...options }),
    }));
  let stored: unknown = { version: 1, checkpoints: sample.listed };
  const inMemory = {
    read: () => stored,
    write: async (value: unknown) => {
      stored = value;
    },
  };
  const catalog = new Catalog(inMemory);
  return new Organization({
    id,
    name: sample.name,
    isSample: true,
    client,
    catalog,
    projectClients,
    identity: { origin: new URL(sample.baseURL).origin, organization: sample.state.slug },
  });
}
