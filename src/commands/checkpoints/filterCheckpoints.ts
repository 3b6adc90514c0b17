import { commands } from 'vscode';
import { soonDays } from '../../access/thresholds';
import { viewIds } from '../../ids';
import { filterPrompt, filterQuestion } from '../../words/checkpointList';
import { askFilter } from '../shared/askFilter';
import { organizationInView } from '../shared/organizationInView';
import type { Command } from '../shared/services';
import { filterByProject } from './filterByProject';

/** Filters the list by text, with a preview on each key. Escape restores the filter before. Sends no request. */
export const filterCheckpoints: Command = async (services) => {
  const organization = await organizationInView(services);
  if (!organization) return;
  const { tree, choices } = services;
  const prompt = (): string => filterPrompt(tree.extent?.shown ?? 0, tree.extent?.listed ?? 0);
  if (await askFilter(organization, choices, tree, { ...filterQuestion, prompt })) await showView();
};

/** Edits the filter that is set: its project if it has only that, else its text. The filled icon of the view's title. */
export const editFilter: Command = async (services) => {
  const organization = await organizationInView(services);
  if (!organization) return;
  const { project, text } = services.choices.filterOf(organization);
  // Arguments are the focused row, because a view title passes it.
  await (project !== undefined && text === undefined ? filterByProject : filterCheckpoints)(services);
};

/** Removes the filter of the list. */
export const clearFilter: Command = async (services) => {
  const organization = await organizationInView(services);
  if (organization) await services.choices.filterBy(organization, {});
};

/** Shows only checkpoints that shut down within {@link soonDays} and have access, or whose access is unknown. */
export const filterByShutdown: Command = async (services) => {
  const organization = await organizationInView(services);
  if (!organization) return;
  await services.choices.filterBy(organization, { endsWithin: soonDays });
  await showView();
};

async function showView(): Promise<void> {
  await commands.executeCommand(`${viewIds.checkpoints}.focus`);
}
