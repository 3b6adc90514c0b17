import { sampleName } from '../words/organizationNames';

/** The sample organizations, for pickers that don't load their bundle. */
export const samples = [
  { id: 'sample', name: 'Harbor Labs' },
  { id: 'sample-2', name: 'Juniper Clinics' },
] as const;

export type SampleId = (typeof samples)[number]['id'];

export function isSampleId(id: unknown): id is SampleId {
  return samples.some((sample) => sample.id === id);
}

/** The name of a sample organization, marked as a sample. */
export function sampleLabel(id: SampleId): string {
  return sampleName(samples.find((sample) => sample.id === id)?.name ?? '');
}
