// Loaded at activation, so this file has only what activation needs.

/** The name of an organization that has neither a name nor a host. */
export const unnamedOrganization = 'Unnamed organization';

/** The name of a sample organization, marked as a sample. */
export function sampleName(name: string): string {
  return `${name} (sample)`;
}
