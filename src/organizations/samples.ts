import { sampleName } from '../words/organizationNames';

/** The sample organizations, as they are offered before their code is loaded. */
export const samples = [
  { id: 'sample', name: 'Harbor Labs' },
  { id: 'sample-2', name: 'Juniper Clinics' },
] as const;

export type SampleId = (typeof samples)[number]['id'];

export function isSampleId(id: unknown): id is SampleId {
  return samples.some((sample) => sample.id === id);
}

/** The name of a sample organization, which says what it is. */
export function sampleLabel(id: SampleId): string {
  return sampleName(samples.find((sample) => sample.id === id)?.name ?? '');
}
