import { type NotCheckpoint, type NotProject, whyNotProject, whyRefused } from '../ids/checkpointId';
import { longestInFile } from './accessFile';

// What may stand in a file as an ID. Stricter than what a person may paste: only printable ASCII, so that two IDs that
// look the same are the same. schemas/checkpoint-access.schema.json has the same patterns, and a test compares them.

const checkpoint = /^ft:[!-9;-~]+:[!-9;-~]+:[!-9;-~]*:[!-9;-~]+(?::ckpt-step-[0-9]+)?$/;
const organization = /^(?!proj_|ft:|cp_|sk-|key_)[!-~]+$/;

/** What a text is if it is no name of an organization. */
export type NotOrganization = 'project' | 'checkpoint' | 'permission' | 'apiKey' | 'other';

/** Why a text is no checkpoint ID in a file; undefined if it is one. */
export function whyNotCheckpointInFile(text: string): NotCheckpoint | undefined {
  if (text.length <= longestInFile.id && checkpoint.test(text)) return undefined;
  return whyRefused(text) ?? 'other';
}

/** Why a text is no project ID in a file; undefined if it may be one. */
export function whyNotProjectInFile(text: string): NotProject | undefined {
  return whyNotProject(text) ?? (text.length <= longestInFile.project ? undefined : 'other');
}

/** Why a text can't be the name of an organization; undefined if it can. */
export function whyNotOrganization(text: string): NotOrganization | undefined {
  if (text.length <= longestInFile.organization && organization.test(text)) return undefined;
  if (text.startsWith('proj_')) return 'project';
  if (text.startsWith('ft:')) return 'checkpoint';
  if (text.startsWith('cp_')) return 'permission';
  return /^(?:sk-|key_)/.test(text) ? 'apiKey' : 'other';
}
