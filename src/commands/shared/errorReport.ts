import { commands, window } from 'vscode';
import { failedCheckpoint } from '../../access/failedCheckpoint';
import { NoLongerShownError } from '../../access/loading/snapshot';
import { commandIds, settingIds } from '../../ids';
import { APIUserAbortError } from '../../openai';
import { escapeForMessage } from '../../text/plainText';
import { type Explanation, explain } from '../../words/errors';
import { explanationOfCheckpoint } from '../../words/loading';
import { organizationSwitched } from '../../words/organizations';
import { buttons, commandTitles } from '../../words/titles';
import type { Services } from './services';

/** Runs a command and shows its error, if any. Never rejects. */
export async function withErrorReport(
  services: Pick<Services, 'log'>,
  act: () => Promise<void>,
): Promise<void> {
  try {
    await act();
  } catch (error) {
    // The person canceled the command, so no message is needed.
    if (error instanceof APIUserAbortError) return;
    if (error instanceof NoLongerShownError) void window.showWarningMessage(organizationSwitched());
    else showError(services, error);
  }
}

function showError({ log }: Pick<Services, 'log'>, error: unknown): void {
  const explained = explain(error);
  const checkpoint = failedCheckpoint(error);
  const words = explanationOfCheckpoint(checkpoint, explained);
  log.error(words);
  showWithActions(window.showErrorMessage, escapeForMessage(words, 800), [
    ...errorActions(explained),
    [commandTitles.showLog, () => log.show()],
  ]);
}

/** The buttons for what an explanation suggests; empty when there is no suggestion. */
export function errorActions({ offer }: Explanation): Button[] {
  if (offer === 'setAdminKey') return [[commandTitles.setAdminKey, commandIds.setAdminKey]];
  return offer === 'settings' ? [openSettings] : [];
}

export const openSettings: Button = [
  buttons.openSettings,
  () => commands.executeCommand('workbench.action.openSettings', settingIds.baseUrl),
];

/** A function of `vscode.window` that shows a message. */
export type Show = (message: string, ...buttons: string[]) => Thenable<string | undefined>;

/** A button: its label, and the ID of a command or a callback. */
export type Button = readonly [label: string, act: string | (() => unknown)];

/** Shows a message with buttons, without waiting for an answer. Callbacks show their own errors. */
export function showWithActions(show: Show, message: string, actions: readonly Button[]): void {
  const acts = new Map(actions);
  void show(message, ...acts.keys()).then((button) => {
    const act = button === undefined ? undefined : acts.get(button);
    return typeof act === 'string' ? commands.executeCommand(act) : act?.();
  });
}
