import { type Event, type InputBoxValidationMessage, InputBoxValidationSeverity } from 'vscode';
import type { Filter } from '../../access/catalog/filter';
import type { Organization } from '../../access/organization';
import { newBox } from '../../editor/questions';
import { containsKey } from '../../text/redact';
import type { TreeFilters } from '../../views/shared/treeFilters';
import type { LoadedRows } from '../../views/shared/treePlace';
import { filterQuestion } from '../../words/checkpointList';
import { prefixWithOrganization } from './organizationInView';

/** The tree that a filter is for. */
interface FilteredTree {
  readonly onDidLoadRows: Event<LoadedRows<object>>;
  /** Loads the root rows, which a hidden view doesn't do by itself. */
  getChildren(): unknown;
}

export interface FilterQuestion {
  readonly title: string;
  readonly placeHolder: string;
  /** How much the filter shows, by the rows loaded last. */
  readonly prompt: () => string;
}

/**
 * Filters a tree by text, with a preview on each key. Escape restores the filter before. Sends no request. Resolves to
 * whether the filter was confirmed.
 */
export async function askFilter(
  organization: Organization,
  filters: TreeFilters,
  tree: FilteredTree,
  question: FilterQuestion,
): Promise<boolean> {
  const before = filters.filterOf(organization);
  // The input box shows the number of rows.
  await tree.getChildren();
  const preview = async (text: string): Promise<void> => {
    filters.preview(organization, withText(before, text));
    // A hidden view doesn't load its rows, but the prompt needs their number.
    await tree.getChildren();
  };
  const text = await askText(organization, before.text ?? '', tree, question, preview);
  if (text === undefined) filters.preview(organization, undefined);
  else await filters.filterBy(organization, withText(before, text));
  return text !== undefined;
}

/** Resolves to the text once it is confirmed, undefined when canceled. */
function askText(
  organization: Organization,
  before: string,
  tree: FilteredTree,
  { title, placeHolder, prompt }: FilterQuestion,
  preview: (text: string) => Promise<void>,
): Promise<string | undefined> {
  const box = newBox();
  box.title = prefixWithOrganization(organization, title);
  box.placeholder = placeHolder;
  box.ignoreFocusOut = true;
  box.value = before;
  const updatePrompt = (): void => {
    box.prompt = prompt();
  };
  return new Promise((resolve) => {
    const subscription = tree.onDidLoadRows(({ parent }) => {
      if (!parent) updatePrompt();
    });
    box.onDidChangeValue(async (value) => {
      box.validationMessage = textProblem(value);
      if (!box.validationMessage) await preview(value);
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
