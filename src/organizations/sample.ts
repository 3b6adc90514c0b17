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

/**
 * A sample organization, behind the same client as a real one: its transport answers from memory, so no socket is
 * opened and no key is needed. Its state begins anew each time.
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
  const options = { baseURL: sample.baseURL, transport: sampleTransport(sample), onRequest };
  const client = new OpenAIAdmin({ adminAPIKey: sample.adminAPIKey, ...options });
  // It comes with keys of some of its projects, so that there is something to see.
  const projectClients = () =>
    sample.projectAPIKeys.map(({ key, project = '' }) => ({
      project,
      label: sample.state.projects.get(project)?.name ?? project,
      open: async () => new OpenAIProject({ apiKey: key, ...options }),
    }));
  let kept: unknown = { version: 1, checkpoints: sample.listed };
  const inMemory = {
    read: () => kept,
    write: async (value: unknown) => {
      kept = value;
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
    identity: { origin: new URL(sample.baseURL).origin, organization: id },
  });
}
