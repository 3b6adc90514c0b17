import { parseCheckpointId } from '../../access/ids/checkpointId';

/** Scheme of the documents that show details. */
export const detailsScheme = 'checkpoint-permissions';

/** What details are about, by ids alone: a document is made of it anew each time, from what is known then. */
export type DetailsSubject =
  /** An organization, or why none can be shown. */
  | { readonly kind: 'organization' }
  | { readonly kind: 'checkpoint'; readonly organization: string; readonly checkpoint: string }
  /** A fine-tuned model with its steps; `checkpoint` is the id of the final model. */
  | { readonly kind: 'model'; readonly organization: string; readonly checkpoint: string }
  | { readonly kind: 'project'; readonly organization: string; readonly project: string }
  | {
      readonly kind: 'permission';
      readonly organization: string;
      readonly checkpoint: string;
      readonly permission: string;
    };

/** The parts of the address of a document. */
export interface DetailsAddress {
  readonly scheme: typeof detailsScheme;
  /** Ends with the name that the editor's tab shows. */
  readonly path: string;
  readonly query: string;
}

/** The address of a subject's document; `name` is what people call the subject. */
export function addressOf(subject: DetailsSubject, name: string): DetailsAddress {
  const file =
    name
      .replace(/[\p{C}\p{Z}/\\]+/gu, ' ')
      .trim()
      .slice(0, 80) || 'Details';
  return { scheme: detailsScheme, path: `/${file}.md`, query: JSON.stringify(subject) };
}

/** The subject of an address, which anybody may have written; undefined when it is none. */
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
  if (kind === 'project') return typeof project === 'string' ? { kind, organization, project } : undefined;
  if (typeof checkpoint !== 'string' || !parseCheckpointId(checkpoint)) return undefined;
  if (kind === 'checkpoint' || kind === 'model') return { kind, organization, checkpoint };
  return kind === 'permission' && typeof permission === 'string'
    ? { kind, organization, checkpoint, permission }
    : undefined;
}
