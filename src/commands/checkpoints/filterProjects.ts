import { commands } from 'vscode';
import { viewIds } from '../../ids';
import { filterProjectsPrompt, filterProjectsQuestion } from '../../words/projects';
import { askFilter } from '../shared/askFilter';
import { organizationInView } from '../shared/organizationInView';
import type { Command } from '../shared/services';

/** Filters the Projects view by text, with a preview on each key. Sends no request. */
export const filterProjects: Command = async (services) => {
  const organization = await organizationInView(services);
  if (!organization) return;
  const { projectsTree: tree, projectsFilter } = services;
  const prompt = (): string => {
    const shown = tree.extent?.projects.length ?? 0;
    return filterProjectsPrompt(shown, tree.extent?.filtered?.all ?? shown);
  };
  if (await askFilter(organization, projectsFilter, tree, { ...filterProjectsQuestion, prompt }))
    await commands.executeCommand(`${viewIds.projects}.focus`);
};

export const clearProjectsFilter: Command = async (services) => {
  const organization = await organizationInView(services);
  if (organization) await services.projectsFilter.filterBy(organization, {});
};
