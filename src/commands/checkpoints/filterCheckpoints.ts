import { commands, type InputBoxValidationMessage, InputBoxValidationSeverity } from 'vscode';
import type { Filter } from '../../access/catalog/filter';
import type { Organization } from '../../access/organization';
import { soonDays } from '../../access/thresholds';
import { newBox } from '../../editor/questions';
import { viewIds } from '../../ids';
import { containsKey } from '../../text/redact';
import { filterPrompt, filterQuestion } from '../../words/checkpointList';
import { organizationInView, prefixWithOrganization } from '../shared/organizationInView';
import type { Command, Services } from '../shared/services';
import { filterByProject } from './filterByProject';

/** Filters the list by text, with a preview on each key. Escape restores the filter before. Sends no request. */
export const filterCheckpoints: Command = async (services) => {
  const organization = await organizationInView(services);
  if (!organization) return;
  const before = services.choices.filterOf(organization);
  // The input box shows the number of rows.
  await services.tree.getChildren();
  const text = await askText(services, organization, before);
  if (text === undefined) return services.choices.preview(organization, undefined);
  await services.choices.filterBy(organization, withText(before, text));
  await showView();
};

/** Resolves to the text once it is confirmed, undefined when canceled. */
function askText(
  { choices, tree }: Services,
  organization: Organization,
  before: Filter,
): Promise<string | undefined> {
  const box = newBox();
  box.title = prefixWithOrganization(organization, filterQuestion.title);
  box.placeholder = filterQuestion.placeHolder;
  box.ignoreFocusOut = true;
  box.value = before.text ?? '';
  const updatePrompt = (): void => {
    const { shown = 0, listed = 0 } = tree.extent ?? {};
    box.prompt = filterPrompt(shown, listed);
  };
  return new Promise((resolve) => {
    const subscription = tree.onDidLoadRows(({ parent }) => {
      if (!parent) updatePrompt();
    });
    box.onDidChangeValue(async (value) => {
      box.validationMessage = textProblem(value);
      if (box.validationMessage) return;
      choices.preview(organization, withText(before, value));
      // A hidden view doesn't load its rows, but the prompt needs their number.
      await tree.getChildren();
    });
    box.onDidAccept(() => {
      box.validationMessage = textProblem(box.value);
      if (box.validationMessage) return;
      resolve(box.value);
      box.hide();
    });
    box.onDidHide(() => {
      subscription.dispose();
      box.dispose();
      resolve(undefined);
    });
    updatePrompt();
    box.show();
  });
}

/** The error for text that contains a key: a filter is shown and stored unencrypted. */
function textProblem(text: string): InputBoxValidationMessage | undefined {
  if (!containsKey(text)) return undefined;
  return { message: filterQuestion.noKey, severity: InputBoxValidationSeverity.Error };
}

function withText({ text: _text, ...others }: Filter, text: string): Filter {
  return text.trim() === '' ? others : { ...others, text: text.trim() };
}

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
