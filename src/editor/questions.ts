import type { CancellationToken } from 'vscode';
import {
  EventEmitter,
  type InputBox,
  type InputBoxOptions,
  type QuickInput,
  type QuickPick,
  type QuickPickItem,
  type QuickPickOptions,
  type SaveDialogOptions,
  type Uri,
  window,
} from 'vscode';

/**
 * Opens all pickers, input boxes and modal dialogs, and counts the open ones. Redrawing a tree may move the keyboard
 * focus to it and so close a prompt, so trees wait for {@link canRedraw}.
 */

/**
 * How long redraws stay allowed after the work of {@link allowingRedraw}, in milliseconds: longer than any debounce.
 */
const redrawGraceMs = 500;

/**
 * How long redraws stay held after a prompt closes, in milliseconds: the next prompt of the same command may follow.
 */
const promptGraceMs = 150;

let openPrompts = 0;
let allowedRedraws = 0;
let graceTimer: NodeJS.Timeout | undefined;
const redrawAllowed = new EventEmitter<void>();

/** Whether trees may be redrawn: no prompt is open, or work inside {@link allowingRedraw} is in progress. */
export function canRedraw(): boolean {
  return allowedRedraws > 0 || !isPromptOpen();
}

function isPromptOpen(): boolean {
  return openPrompts > 0 || graceTimer !== undefined;
}

/** Fires when trees may be redrawn again. */
export const onDidAllowRedraw = redrawAllowed.event;

/**
 * Allows redraws until the work ends, even while a prompt is open: for an action on a tree itself, such as Refresh.
 * Resolves and rejects as the work does.
 */
export async function allowingRedraw<T>(work: () => PromiseLike<T>): Promise<T> {
  allowedRedraws += 1;
  redrawAllowed.fire();
  try {
    return await work();
  } finally {
    setTimeout(() => {
      allowedRedraws -= 1;
    }, redrawGraceMs);
  }
}

/** Asks for one of several items; undefined when canceled. */
export function pickOne<T extends QuickPickItem>(
  items: readonly T[],
  options: QuickPickOptions & { readonly canPickMany?: false },
): Promise<T | undefined> {
  return trackPrompt(() => window.showQuickPick(items, options));
}

/** Asks for any number of items; undefined when canceled. */
export function pickSeveral<T extends QuickPickItem>(
  items: readonly T[],
  options: QuickPickOptions,
): Promise<T[] | undefined> {
  return trackPrompt(() => window.showQuickPick(items, { ...options, canPickMany: true }));
}

/** Asks for a line of text; undefined when canceled. */
export function askForText(options: InputBoxOptions): Promise<string | undefined> {
  return trackPrompt(() => window.showInputBox(options));
}

/** Asks in a modal dialog with a detail text. Returns the button that was pressed; undefined when canceled. */
export function askInDialog<B extends string>(
  question: string,
  detail: string,
  ...buttons: B[]
): Promise<B | undefined> {
  return trackPrompt(() => window.showWarningMessage(question, { modal: true, detail }, ...buttons));
}

/** Asks for a file to save to; undefined when canceled. */
export function askWhereToSave(options: SaveDialogOptions): Promise<Uri | undefined> {
  return trackPrompt(() => window.showSaveDialog(options));
}

/** Creates a picker that the caller can update while it is open. */
export function newPicker<T extends QuickPickItem>(): QuickPick<T> {
  return trackInput(window.createQuickPick<T>());
}

/** Creates an input box that the caller can update while it is open. */
export function newBox(): InputBox {
  return trackInput(window.createInputBox());
}

function trackInput<I extends QuickInput>(input: I): I {
  let isOpen = false;
  const show = input.show.bind(input);
  input.show = () => {
    if (!isOpen) onPromptOpen();
    isOpen = true;
    show();
  };
  input.onDidHide(() => {
    if (isOpen) onPromptClose();
    isOpen = false;
  });
  return input;
}

async function trackPrompt<T>(ask: () => PromiseLike<T>): Promise<T> {
  onPromptOpen();
  try {
    return await ask();
  } finally {
    onPromptClose();
  }
}

function onPromptOpen(): void {
  openPrompts += 1;
  clearTimeout(graceTimer);
  graceTimer = undefined;
}

function onPromptClose(): void {
  openPrompts -= 1;
  if (openPrompts > 0) return;
  graceTimer = setTimeout(() => {
    graceTimer = undefined;
    redrawAllowed.fire();
  }, promptGraceMs);
}

/** Converts a VS Code cancellation token to an abort signal. */
export function cancelSignal(token: CancellationToken): AbortSignal {
  const abort = new AbortController();
  if (token.isCancellationRequested) abort.abort();
  else token.onCancellationRequested(() => abort.abort());
  return abort.signal;
}
