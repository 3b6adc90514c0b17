import { explain, inWords } from '../../explain';
import type { ExportSource } from './about';
import { isoMoment } from './table';

/** How far the permissions of one checkpoint are known. `missing`: why not all of them are, or why they are old. */
export interface ReadState {
  readonly isWhole: boolean;
  /** When it was read; words where it was not. */
  readonly readAt: string;
  readonly missing?: string;
  /** Why a project that is not among the permissions may have access all the same: the word for its cell. */
  readonly otherwise: 'no' | 'failed' | 'unknown';
}

export function readStateOf(
  { permissions }: Pick<ExportSource, 'permissions'>,
  checkpoint: string,
): ReadState {
  const { listing, failure, beforeChange, outdated } = permissions.snapshot(checkpoint);
  const why = failure && inWords(explain(failure.error));
  if (!listing) {
    return failure
      ? {
          isWhole: false,
          readAt: 'failed',
          missing: `${checkpoint} could not be read: ${why}`,
          otherwise: 'failed',
        }
      : { isWhole: false, readAt: 'not read', missing: `${checkpoint} was not read.`, otherwise: 'unknown' };
  }
  const readAt = isoMoment(listing.readAt);
  const { ending } = listing;
  const parts: string[] = [];
  if (ending.kind === 'more')
    parts.push(`only the newest ${listing.permissions.length} permissions of ${checkpoint} were read`);
  if (ending.kind === 'incomplete')
    parts.push(`the list of ${checkpoint} broke off, because ${ending.reason}`);
  if (beforeChange) parts.push(`${checkpoint} was read before a change that was sent since`);
  if (outdated) parts.push(`${checkpoint} was read before a refresh that has not read it again yet`);
  if (why) {
    const what = failure.during === 'read' ? 'could not be read again' : 'could not be read to its end';
    parts.push(`${checkpoint} ${what}: ${why.replace(/\.$/, '')}`);
  }
  const isWhole = ending.kind === 'complete' && !beforeChange && !outdated && failure?.during !== 'read';
  const missing = parts.map((part) => `${part.charAt(0).toUpperCase()}${part.slice(1)}.`).join(' ');
  const rest = ending.kind === 'complete' && !beforeChange ? 'no' : failure ? 'failed' : 'unknown';
  return { isWhole, readAt, ...(missing && { missing }), otherwise: rest };
}
