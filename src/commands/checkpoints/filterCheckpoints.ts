import { commands } from 'vscode';
import { soonDays } from '../../access/thresholds';
import { viewIds } from '../../ids';
import { filterPrompt, filterQuestion } from '../../words/checkpointList';
import { askFilter } from '../shared/askFilter';
import { organizationInView } from '../shared/organizationInView';
import type { Command } from '../shared/services';

/** Filters the list by text, with a preview on each key. Escape restores the filter before. Sends no request. */
export const filterCheckpoints: Command = async (services) => {
  const organization = await organizationInView(services);
  if (!organization) return;
  const { tree, choices } = services;
  const prompt = (): string => filterPrompt(tree.extent?.shown ?? 0, tree.extent?.listed ?? 0);
  if (await askFilter(organization, choices, tree, { ...filterQuestion, prompt })) await showView();
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
