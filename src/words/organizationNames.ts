// Loaded at activation, so this file has only what activation needs.

/** The name of an organization that has neither a name nor a host. */
export const unnamedOrganization = 'Unnamed organization';

/** The names of the views, as in the manifest. */
export const viewNames = { checkpoints: 'Checkpoints', projects: 'Projects' } as const;

/** The title of a view or tab with the organization that it shows. `label` is empty if there is nothing to tell apart. */
export function titleOfOrganization(title: string, label: string): string {
  return label === '' ? title : `${title} · ${label}`;
}

/** The name of a sample organization, marked as a sample. */
export function sampleName(name: string): string {
  return `${name} (sample)`;
}
