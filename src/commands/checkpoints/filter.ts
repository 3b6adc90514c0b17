import { commands, type InputBoxValidationMessage, InputBoxValidationSeverity } from 'vscode';
import type { Filter } from '../../access/catalog/matchesFilter';
import type { Organization } from '../../access/organization';
import { soonDays } from '../../access/thresholds';
import { newBox } from '../../editor/questions';
import { viewIds } from '../../ids';
import { redact } from '../../openai';
import { filterPrompt, filterQuestion } from '../../words/checkpointList';
import { organizationInView, titled } from '../shared/organizationInView';
import type { Command, Services } from '../shared/services';

/** Hides what does not have the words that are typed, with each key. Escape undoes it; no request is sent. */
export const filter: Command = async (services) => {
  const organization = await organizationInView(services);
  if (!organization) return;
  const before = services.choices.filterOf(organization);
  // For the box, which tells how much is shown.
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
  box.title = titled(organization, filterQuestion.title);
  box.placeholder = filterQuestion.placeHolder;
  box.ignoreFocusOut = true;
  box.value = before.text ?? '';
  const tell = (): void => {
    const { shown = 0, listed = 0 } = tree.extent ?? {};
    box.prompt = filterPrompt(shown, listed);
  };
  return new Promise((resolve) => {
    const listening = tree.onDidLoadRoot(tell);
    box.onDidChangeValue(async (value) => {
      box.validationMessage = whyNotText(value);
      if (box.validationMessage) return;
      choices.preview(organization, withText(before, value));
      // Also where the view is not in sight, so that the box can tell what there is to be seen.
      await tree.getChildren();
    });
    box.onDidAccept(() => {
      box.validationMessage = whyNotText(box.value);
      if (box.validationMessage) return;
      resolve(box.value);
      box.hide();
    });
    box.onDidHide(() => {
      listening.dispose();
      box.dispose();
      resolve(undefined);
    });
    tell();
    box.show();
  });
}

/** What is filtered by is shown and remembered in the open. */
function whyNotText(text: string): InputBoxValidationMessage | undefined {
  if (redact(text) === text) return undefined;
  return { message: filterQuestion.noKey, severity: InputBoxValidationSeverity.Error };
}

function withText({ text: _text, ...others }: Filter, text: string): Filter {
  return text.trim() === '' ? others : { ...others, text: text.trim() };
}

/** Shows the whole list again. */
export const clearFilter: Command = async (services) => {
  const organization = await organizationInView(services);
  if (organization) await services.choices.filterBy(organization, {});
};

/** Shows only checkpoints that shut down within {@link soonDays} and are shared, or may be, as far as is known. */
export const showWhatEndsSoon: Command = async (services) => {
  const organization = await organizationInView(services);
  if (!organization) return;
  await services.choices.filterBy(organization, { endsWithin: soonDays });
  await showView();
};

async function showView(): Promise<void> {
  await commands.executeCommand(`${viewIds.checkpoints}.focus`);
}
