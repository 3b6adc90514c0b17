import type { Finding } from '../../access/catalog/catalogEntry';

const places: Readonly<Partial<Record<string, string>>> = {
  typed: 'entered by you',
  'audit log': 'found in the audit log',
  usage: 'found in the usage',
  workspace: 'found in the workspace',
  'fine-tuning jobs': 'found in the fine-tuning jobs',
  models: "found in a project's models",
};

/** Where a checkpoint was found, such as `found in the audit log`. What it was that was found there is not part of it. */
export function whereFound(finding: Finding): string {
  return places[finding.in] ?? `found in ${finding.in}`;
}
