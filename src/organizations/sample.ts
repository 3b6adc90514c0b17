import { Catalog } from '../access/catalog/catalog';
import { Organization } from '../access/organization';
import { OpenAIAdmin, OpenAIProject, type RequestReport } from '../openai';
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
  const options = { baseURL: sample.baseURL, transport: sampleTransport(sample), onRequest };
  const client = new OpenAIAdmin({ adminAPIKey: sample.adminAPIKey, ...options });
  // It comes with keys of some of its projects, so that there is something to see.
  const projectAccess = () =>
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
  const whose = { origin: new URL(sample.baseURL).origin, organization: id };
  return new Organization(id, sample.name, true, client, catalog, undefined, projectAccess, whose);
}
