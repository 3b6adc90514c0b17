import { commands, type QuickPickItem } from 'vscode';
import { type Change, type Person, personsOf } from '../../access/evidence/history/change';
import type { HistoryFilter } from '../../access/evidence/history/filter';
import type { Organization } from '../../access/organization';
import { pickOne } from '../../editor/questions';
import { viewIds } from '../../ids';
import { names } from '../../text/order';
import { escapeForMessage } from '../../text/plainText';
import {
  currentFilter,
  daysInWords,
  filterHistoryKinds,
  filterHistoryQuestion,
  filterHistoryTitle,
  filterHistoryValues,
  type HistoryFilterKind,
  personInWords,
  valueInWords,
} from '../../words/history';
import { checkpointLabel, projectName } from '../../words/names';
import { ensureStillCurrent, organizationInView, prefixWithOrganization } from '../shared/organizationInView';
import type { Command } from '../shared/services';
import { askDays } from './askDays';

interface FilterKindItem extends QuickPickItem {
  readonly by: HistoryFilterKind;
}

interface ValueItem extends QuickPickItem {
  /** The value to filter by; undefined for any. */
  readonly value: string | Person | undefined;
}

/** Asks for the kind of filter, then for one of the values in the loaded history. Sends no request. */
export const filterHistory: Command = async (services) => {
  const organization = await organizationInView(services);
  if (!organization) return;
  const tree = await services.history.open();
  const { changes } = await tree.histories.of(organization).readJournal();
  const before = tree.filterOf(organization);
  const picked = await pickOne(kindsOf(organization, before), {
    title: prefixWithOrganization(organization, filterHistoryTitle),
    placeHolder: filterHistoryQuestion(changes.length),
    ignoreFocusOut: true,
  });
  if (!picked) return;
  const filter = await ask(organization, picked.by, changes, before);
  if (!filter || !(await ensureStillCurrent(services, organization))) return;
  await tree.filterBy(organization, filter);
  await commands.executeCommand(`${viewIds.history}.focus`);
};

function kindsOf(organization: Organization, filter: HistoryFilter): FilterKindItem[] {
  const { checkpoint, project, person } = filter;
  const item = (by: HistoryFilterKind, value: string | undefined): FilterKindItem => ({
    by,
    label: filterHistoryKinds[by],
    ...(value && { description: currentFilter(escapeForMessage(value, 100)) }),
  });
  return [
    item('checkpoint', checkpoint && checkpointLabel(checkpoint, organization)),
    item('project', project && projectName(organization, project)),
    item('person', person && personInWords(person)),
    item('time', daysInWords(filter)),
  ];
}

async function ask(
  organization: Organization,
  by: HistoryFilterKind,
  changes: readonly Change[],
  before: HistoryFilter,
): Promise<HistoryFilter | undefined> {
  if (by === 'time') {
    const days = await askDays(organization, organization.now());
    const { from: _from, to: _to, ...others } = before;
    return days && { ...others, ...days };
  }
  const picked = await pickOne(valuesOf(organization, by, changes), {
    title: prefixWithOrganization(organization, filterHistoryTitle),
    placeHolder: filterHistoryValues[by].placeHolder,
    matchOnDescription: true,
    ignoreFocusOut: true,
  });
  if (!picked) return undefined;
  const { [by]: _before, ...others } = before;
  return picked.value === undefined ? others : { ...others, [by]: picked.value };
}

function valuesOf(
  organization: Organization,
  by: Exclude<HistoryFilterKind, 'time'>,
  changes: readonly Change[],
): ValueItem[] {
  const items = (by === 'person' ? personsIn(changes) : idsIn(organization, by, changes)).map(
    ({ value, changes: number }): ValueItem => {
      const label = labelOf(organization, by, value);
      const id = typeof value === 'string' ? value : value.id;
      const shown = label === escapeForMessage(id, 100) ? '' : escapeForMessage(id, 200);
      return { value, label, description: valueInWords(shown, number) };
    },
  );
  items.sort((one, other) => names.compare(one.label, other.label));
  return [{ value: undefined, label: filterHistoryValues[by].any }, ...items];
}

interface Counted<T> {
  readonly value: T;
  /** Number of changes with this value. */
  changes: number;
}

function idsIn(
  { catalog }: Organization,
  by: 'checkpoint' | 'project',
  changes: readonly Change[],
): Counted<string>[] {
  // Listed checkpoints without a change are offered, too: a filter can prove that there is none.
  const others = by === 'checkpoint' ? catalog.ids : [];
  return counted(
    changes.flatMap((change) => change[by] ?? []),
    others,
    (id) => id,
  );
}

function personsIn(changes: readonly Change[]): Counted<Person>[] {
  return counted(changes.flatMap(personsOf), [], ({ kind, id }) => `${kind} ${id}`);
}

function counted<T>(values: readonly T[], others: readonly T[], keyOf: (value: T) => string): Counted<T>[] {
  const counts = new Map<string, Counted<T>>();
  for (const value of values) {
    const known = counts.get(keyOf(value));
    if (known) known.changes += 1;
    else counts.set(keyOf(value), { value, changes: 1 });
  }
  for (const value of others) if (!counts.has(keyOf(value))) counts.set(keyOf(value), { value, changes: 0 });
  return [...counts.values()];
}

function labelOf(
  organization: Organization,
  by: Exclude<HistoryFilterKind, 'time'>,
  value: string | Person,
): string {
  if (typeof value !== 'string') return escapeForMessage(personInWords(value), 100);
  return by === 'project' ? projectName(organization, value) : checkpointLabel(value, organization);
}
