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
 * Every picker, box and modal dialog is opened here, so that it is known whether one stands open: VS Code may give the
 * keyboard back to a tree that it draws again, and trees wait for {@link canRedraw}.
 */

/** How long trees go on being drawn after what the person asked of one, in milliseconds: they gather before they draw. */
const redrawGraceMs = 500;

/** A command's next question follows its last within milliseconds; drawing must not fall between the two. */
const promptGraceMs = 150;

let openPrompts = 0;
let allowedRedraws = 0;
let graceTimer: NodeJS.Timeout | undefined;
const redrawAllowed = new EventEmitter<void>();

/** Whether trees may be drawn: no question stands open, or the person is at work in a tree nevertheless. */
export function canRedraw(): boolean {
  return allowedRedraws > 0 || (openPrompts === 0 && graceTimer === undefined);
}

/** Tells that trees may be drawn again. */
export const onDidAllowRedraw = redrawAllowed.event;

/**
 * Does what the person asks of a tree itself, such as Refresh: trees are drawn until it ends, though a question may stand
 * open. Resolves and rejects as the work does.
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

/** Asks to choose one of several; undefined when cancelled. */
export function pickOne<T extends QuickPickItem>(
  items: readonly T[],
  options: QuickPickOptions & { readonly canPickMany?: false },
): Promise<T | undefined> {
  return trackPrompt(() => window.showQuickPick(items, options));
}

/** Asks to choose any of several; undefined when cancelled. */
export function pickSeveral<T extends QuickPickItem>(
  items: readonly T[],
  options: QuickPickOptions,
): Promise<T[] | undefined> {
  return trackPrompt(() => window.showQuickPick(items, { ...options, canPickMany: true }));
}

/** Asks for a line of text; undefined when cancelled. */
export function askForText(options: InputBoxOptions): Promise<string | undefined> {
  return trackPrompt(() => window.showInputBox(options));
}

/** Asks in a modal dialog, whose detail stands under the question; the button that was pressed, undefined when cancelled. */
export function askInDialog<B extends string>(
  question: string,
  detail: string,
  ...buttons: B[]
): Promise<B | undefined> {
  return trackPrompt(() => window.showWarningMessage(question, { modal: true, detail }, ...buttons));
}

/** Asks where to save a file; undefined when cancelled. */
export function askWhereToSave(options: SaveDialogOptions): Promise<Uri | undefined> {
  return trackPrompt(() => window.showSaveDialog(options));
}

/** A picker that changes while it is open. */
export function newPicker<T extends QuickPickItem>(): QuickPick<T> {
  return trackInput(window.createQuickPick<T>());
}

/** A box that changes while it is open. */
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

/** VS Code's way to say "cancel" as the web's. */
export function cancelSignal(token: CancellationToken): AbortSignal {
  const abort = new AbortController();
  if (token.isCancellationRequested) abort.abort();
  else token.onCancellationRequested(() => abort.abort());
  return abort.signal;
}
