import type { ChangeRow } from '../../../protocol/changes';
import { foldedOnce, hasTerms, searchTerms } from '../../../text/searchTerms';
import { changesTab as words } from '../../../words/changesTab';
import { changesInWords } from '../../../words/tabs';
import type { TableRow } from '../table/rows';

/** The rows of the table, and how many changes the search hides. */
export interface ListedChanges {
  readonly rows: readonly TableRow<ChangeRow>[];
  readonly hidden: number;
}

/** What a change is, across updates: the key of a row is its place in one sheet only. */
export function identityOf({ action, checkpointId, projectId, permission = '' }: ChangeRow): string {
  return JSON.stringify([action, checkpointId, projectId, permission]);
}

const headings = {
  revoke: { text: words.toRevoke, note: words.revokesNote },
  grant: { text: words.toGrant, note: words.grantsNote },
} as const;

/**
 * The rows below their headings: what is revoked, then what is granted, each by checkpoint.
 *
 * @param changes in the order of the sheet
 * @param isEnabled whether a change can be selected or cleared
 * @param folded keys of the headings whose rows are folded away
 */
export function listChanges(
  changes: readonly ChangeRow[],
  search: string,
  folded: ReadonlySet<string>,
  isEnabled: (change: ChangeRow) => boolean,
): ListedChanges {
  const terms = searchTerms(search);
  const matches = ({ project, projectId, checkpoint, checkpointId, permission = '' }: ChangeRow): boolean => {
    const texts = { model: `${checkpoint} ${checkpointId}`, project: `${project} ${projectId}` };
    return hasTerms(
      terms,
      foldedOnce((only) => (only ? texts[only] : `${texts.model}\n${texts.project}\n${permission}`)),
    );
  };
  const shown = changes.filter(matches);
  const rows: TableRow<ChangeRow>[] = [];
  const known = new Set<string>();
  for (const action of ['revoke', 'grant'] as const) {
    const ofAction = shown.filter((change) => change.action === action);
    if (ofAction.length === 0) continue;
    const { text, note } = headings[action];
    const total = changes.filter((change) => change.action === action).length;
    const isOpen = !folded.has(action);
    rows.push({
      kind: 'group',
      key: action,
      text,
      count: `${total}`,
      spokenCount: changesInWords(total),
      note,
      isExpanded: isOpen,
      level: 1,
    });
    if (!isOpen) continue;
    for (const [checkpointId, here] of byCheckpoint(ofAction)) {
      const key = JSON.stringify([action, checkpointId]);
      const isExpanded = !folded.has(key);
      const name = here[0]?.checkpoint ?? '';
      const [count, spokenCount] = [`${here.length}`, changesInWords(here.length)];
      rows.push({ kind: 'group', key, text: name, count, spokenCount, isExpanded, level: 2 });
      for (const change of isExpanded ? here : []) {
        const identity = identityOf(change);
        // A plan may have the same change twice.
        const unique = known.has(identity) ? `${identity} ${change.key}` : identity;
        known.add(unique);
        rows.push({
          kind: 'item',
          key: unique,
          row: change,
          level: 3,
          ...(!isEnabled(change) && { isDisabled: true }),
        });
      }
    }
  }
  return { rows, hidden: changes.length - shown.length };
}

function byCheckpoint(changes: readonly ChangeRow[]): Map<string, ChangeRow[]> {
  const groups = new Map<string, ChangeRow[]>();
  for (const change of changes) {
    const group = groups.get(change.checkpointId);
    if (group) group.push(change);
    else groups.set(change.checkpointId, [change]);
  }
  return groups;
}

/** The keys of changes whose check marks differ from what is known, of those in sight. */
export function changedMarks(
  rows: readonly TableRow<ChangeRow>[],
  marked: ReadonlySet<string>,
  cleared: ReadonlySet<number>,
): { readonly selected: number[]; readonly cleared: number[] } {
  const changed = { selected: [] as number[], cleared: [] as number[] };
  for (const row of rows) {
    if (row.kind !== 'item' || row.isDisabled) continue;
    const isMarked = marked.has(row.key);
    if (isMarked === !cleared.has(row.row.key)) continue;
    changed[isMarked ? 'selected' : 'cleared'].push(row.row.key);
  }
  return changed;
}
