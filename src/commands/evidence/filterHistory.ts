import { commands, type QuickPickItem } from 'vscode';
import { type Change, personsOf } from '../../access/evidence/history/change';
import type { HistoryFilter } from '../../access/evidence/history/filter';
import { checkpointName } from '../../access/evidence/history/words';
import type { Organization } from '../../access/organization';
import { escapeForMessage } from '../../editor/plainText';
import { pickOne } from '../../editor/questions';
import { viewIds } from '../../ids';
import { timeInWords } from '../../views/history/message';
import { count, projectName } from '../shared/displayNames';
import { isStillShown, organizationInView, titled } from '../shared/organizationInView';
import type { Command } from '../shared/services';
import { askDays } from './askDays';

type By = 'checkpoint' | 'project' | 'person' | 'time';

interface ByItem extends QuickPickItem {
  readonly by: By;
}

interface ValueItem extends QuickPickItem {
  /** Undefined for any. */
  readonly value: string | undefined;
}

/** Asks by what to filter, then for the value, of those that occur in what was read. Asks the server nothing. */
export const filterHistory: Command = async (services) => {
  const organization = await organizationInView(services);
  if (!organization) return;
  const tree = await services.history.open();
  const { changes } = tree.histories.of(organization).snapshot;
  const before = tree.filterOf(organization);
  const picked = await pickOne(waysOf(organization, before), {
    title: titled(organization, 'Filter History'),
    placeHolder: `By what? ${count(changes.length, 'change')} read so far`,
    ignoreFocusOut: true,
  });
  if (!picked) return;
  const filter = await ask(organization, picked.by, changes, before);
  if (!filter || !(await isStillShown(services, organization))) return;
  await tree.filterBy(organization, filter);
  await commands.executeCommand(`${viewIds.history}.focus`);
};

function waysOf(organization: Organization, filter: HistoryFilter): ByItem[] {
  const { checkpoint, project, person } = filter;
  const now = (value: string | undefined) =>
    value ? { description: `now: ${escapeForMessage(value, 100)}` } : {};
  return [
    { by: 'checkpoint', label: '$(package) Checkpoint…', ...now(checkpoint && checkpointName(checkpoint)) },
    { by: 'project', label: '$(project) Project…', ...now(project && projectName(organization, project)) },
    { by: 'person', label: '$(person) Person…', ...now(person) },
    { by: 'time', label: '$(calendar) Time…', ...now(timeInWords(filter)) },
  ];
}

async function ask(
  organization: Organization,
  by: By,
  changes: readonly Change[],
  before: HistoryFilter,
): Promise<HistoryFilter | undefined> {
  if (by === 'time') {
    const days = await askDays(organization, organization.permissions.now());
    const { from: _from, to: _to, ...others } = before;
    return days && { ...others, ...days };
  }
  const picked = await pickOne(valuesOf(organization, by, changes), {
    title: titled(organization, 'Filter History'),
    placeHolder: `Choose the ${by}`,
    matchOnDescription: true,
    ignoreFocusOut: true,
  });
  if (!picked) return undefined;
  const { [by]: _before, ...others } = before;
  return picked.value === undefined ? others : { ...others, [by]: picked.value };
}

function valuesOf(
  organization: Organization,
  by: Exclude<By, 'time'>,
  changes: readonly Change[],
): ValueItem[] {
  const wantedOf = (change: Change) => (by === 'person' ? personsOf(change) : (change[by] ?? []));
  const counts = new Map<string, number>();
  for (const change of changes) {
    for (const value of [wantedOf(change)].flat()) counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  // One that no change is about may be what somebody wants to be sure of.
  if (by === 'checkpoint') for (const id of organization.catalog.ids) if (!counts.has(id)) counts.set(id, 0);
  const items = [...counts].map(([value, number]): ValueItem => {
    const label = labelOf(organization, by, value);
    const id = label === escapeForMessage(value, 100) ? '' : `${escapeForMessage(value, 200)} · `;
    return { value, label, description: `${id}${count(number, 'change')}` };
  });
  items.sort((one, other) => one.label.localeCompare(other.label, 'en'));
  return [{ value: undefined, label: `$(clear-all) Any ${by}` }, ...items];
}

function labelOf(organization: Organization, by: Exclude<By, 'time'>, value: string): string {
  if (by === 'project') return projectName(organization, value);
  return escapeForMessage(by === 'checkpoint' ? checkpointName(value) : value, 100);
}
