import { parseCheckpointId } from '../../access/ids/checkpointId';
import { detailsScheme } from '../../ids';
import { titleOfOrganization } from '../../words/organizationNames';

/** The subject of a details document, by IDs only: the text is made from the data loaded at that time. */
export type DetailsSubject =
  /** The organization, or why none can be shown. */
  | { readonly kind: 'organization' }
  /** The admin API key of the organization. */
  | { readonly kind: 'key'; readonly organization: string }
  | { readonly kind: 'checkpoint'; readonly organization: string; readonly checkpoint: string }
  /** A fine-tuned model with its steps; `checkpoint` is the ID of the final model. */
  | { readonly kind: 'model'; readonly organization: string; readonly checkpoint: string }
  | { readonly kind: 'project'; readonly organization: string; readonly project: string }
  | {
      readonly kind: 'permission';
      readonly organization: string;
      readonly checkpoint: string;
      readonly permission: string;
    };

/** The parts of a document's URI. */
export interface DetailsAddress {
  readonly scheme: typeof detailsScheme;
  /** Ends with the name in the editor tab. */
  readonly path: string;
  readonly query: string;
}

/**
 * The URI parts of a subject's document. `name` is the display name of the subject. `label` names the organization where
 * there are several, else it is empty.
 */
export function addressOf(subject: DetailsSubject, name: string, label = ''): DetailsAddress {
  const file =
    titleOfOrganization(name.slice(0, 60), label)
      .replace(/[\p{C}\p{Z}/\\]+/gu, ' ')
      .trim()
      .slice(0, 80) || 'Details';
  return { scheme: detailsScheme, path: `/${file}.md`, query: JSON.stringify(subject) };
}

/** Parses the query of a document's URI, which can come from any source; undefined when it is invalid. */
export function parseSubject(query: string): DetailsSubject | undefined {
  let parsed: Readonly<Record<string, unknown>> | null;
  try {
    parsed = JSON.parse(query);
  } catch {
    return undefined;
  }
  const { kind, organization, checkpoint, permission, project } = parsed ?? {};
  if (kind === 'organization') return { kind };
  if (typeof organization !== 'string') return undefined;
  if (kind === 'key') return { kind, organization };
  if (kind === 'project') return typeof project === 'string' ? { kind, organization, project } : undefined;
  if (typeof checkpoint !== 'string' || !parseCheckpointId(checkpoint)) return undefined;
  if (kind === 'checkpoint' || kind === 'model') return { kind, organization, checkpoint };
  return kind === 'permission' && typeof permission === 'string'
    ? { kind, organization, checkpoint, permission }
    : undefined;
}
