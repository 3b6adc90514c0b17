import { fold } from '../../text/fold';
import { parseCheckpointId, shortName, whyNotProject } from '../ids/checkpointId';
import { isStrictId } from '../ids/scannedIds';
import type { Organization } from '../organization';

/** What an agent means by a text. `several`: the IDs of all that have this name. */
export type NamedByAgent =
  | { readonly kind: 'found'; readonly id: string }
  | { readonly kind: 'several'; readonly ids: readonly string[] }
  | { readonly kind: 'none' };

/** The checkpoint of an ID, or of the name of one in the list. An ID need not be in the list. Sends no request. */
export function checkpointNamed({ catalog }: Pick<Organization, 'catalog'>, text: string): NamedByAgent {
  if (catalog.has(text) || isStrictId(text)) return { kind: 'found', id: text };
  const wanted = fold(text);
  return only(
    catalog.ids.filter((id) => {
      const parsed = parseCheckpointId(id);
      return parsed !== undefined && fold(shortName(parsed)) === wanted;
    }),
  );
}

/** The project of an ID, or of a loaded name. An ID need not be in the list of projects. Sends no request. */
export function projectNamed({ projects }: Pick<Organization, 'projects'>, text: string): NamedByAgent {
  if (whyNotProject(text) === undefined) return { kind: 'found', id: text };
  const wanted = fold(text);
  return only(
    [...projects.snapshot.projects.keys()].filter((id) => fold(projects.nameOf(id) ?? '') === wanted),
  );
}

function only(ids: readonly string[]): NamedByAgent {
  const [id, another] = ids;
  if (id === undefined) return { kind: 'none' };
  return another === undefined ? { kind: 'found', id } : { kind: 'several', ids };
}
