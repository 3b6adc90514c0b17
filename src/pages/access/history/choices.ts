import type { Person } from '../../../access/evidence/history/change';
import type { HistoryRow } from '../../../protocol/history';
import { names } from '../../../text/order';
import { personInWords } from '../../../words/historyTab';

/** A value to filter by. */
export interface Choice<Value> {
  readonly value: Value;
  readonly label: string;
}

/** An ID with its name. */
export interface NamedPlace {
  readonly id: string;
  readonly name: string;
}

/**
 * The projects or checkpoints to choose from: of the changes, and the listed ones, also without a change: a filter can
 * show that there is none. Those with the same name are told apart by their IDs.
 */
export function placeChoices(
  rows: readonly HistoryRow[],
  of: 'project' | 'checkpoint',
  listed: readonly NamedPlace[],
  chosen: string | undefined,
): Choice<string>[] {
  const found = new Map<string, string>();
  if (chosen !== undefined) found.set(chosen, chosen);
  for (const { id, name } of listed) found.set(id, name);
  for (const row of rows) {
    const id = row[of];
    const name = of === 'project' ? row.projectName : row.checkpointName;
    if (id !== undefined) found.set(id, name ?? id);
  }
  const counts = new Map<string, number>();
  for (const name of found.values()) counts.set(name, (counts.get(name) ?? 0) + 1);
  return inOrder(
    [...found].map(([value, name]) => ({
      value,
      label: (counts.get(name) ?? 0) > 1 && name !== value ? `${name} (${value})` : name,
    })),
  );
}

/** The persons to choose from. */
export function personChoices(rows: readonly HistoryRow[], chosen: Person | undefined): Choice<Person>[] {
  const found = new Map<string, Person>();
  if (chosen) found.set(personKey(chosen), chosen);
  for (const { persons } of rows) for (const each of persons) found.set(personKey(each), each);
  return inOrder([...found.values()].map((value) => ({ value, label: personInWords(value) })));
}

/** Tells persons apart. */
export function personKey({ kind, id }: Person): string {
  return `${kind} ${id}`;
}

function inOrder<Value>(choices: Choice<Value>[]): Choice<Value>[] {
  return choices.sort((one, other) => names.compare(one.label, other.label));
}
