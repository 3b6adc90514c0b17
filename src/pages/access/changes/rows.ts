import type { ChangeRow } from '../../../protocol/changes';
import { fold, searchWords } from '../../../text/fold';
import { changesTab as words } from '../../../words/changesTab';
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
  const wanted = searchWords(search).map(wordOf);
  const matches = (change: ChangeRow): boolean => {
    if (wanted.length === 0) return true;
    const { project, projectId, checkpoint, checkpointId, permission = '' } = change;
    const texts = {
      model: fold(`${checkpoint} ${checkpointId}`),
      project: fold(`${project} ${projectId}`),
      permission: fold(permission),
    };
    return wanted.every(({ text, of }) =>
      (of ? [texts[of]] : Object.values(texts)).some((each) => each.includes(text)),
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
    rows.push({ kind: 'group', key: action, text, count: `${total}`, note, isExpanded: isOpen, level: 1 });
    if (!isOpen) continue;
    for (const [checkpointId, here] of byCheckpoint(ofAction)) {
      const key = JSON.stringify([action, checkpointId]);
      const isExpanded = !folded.has(key);
      const name = here[0]?.checkpoint ?? '';
      rows.push({ kind: 'group', key, text: name, count: `${here.length}`, isExpanded, level: 2 });
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

/** A word of the page's search. `model:` and `project:` restrict it, as in the matrix. */
function wordOf(word: string): { readonly text: string; readonly of?: 'model' | 'project' } {
  const [, of, text = ''] = /^(model|project):(.*)$/s.exec(word) ?? [];
  return of === undefined ? { text: word } : { text, of: of as 'model' | 'project' };
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
