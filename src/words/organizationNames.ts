// Loaded at activation, so there is no more in this file than that needs.

/** The name of an organization that has neither a name nor a host. */
export const unnamedOrganization = 'Unnamed organization';

/** The name of a sample organization, which says what it is. */
export function sampleName(name: string): string {
  return `${name} (sample)`;
}
