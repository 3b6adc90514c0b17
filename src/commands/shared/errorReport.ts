import { commands, window } from 'vscode';
import { NoLongerShownError } from '../../access/loading/snapshot';
import { commandIds, settingIds } from '../../ids';
import { APIUserAbortError } from '../../openai';
import { escapeForMessage } from '../../text/plainText';
import { type Explanation, explain, explanationInWords } from '../../words/errors';
import { organizationSwitched } from '../../words/organizations';
import { buttons, commandTitles } from '../../words/titles';
import type { Services } from './services';

/** Runs a command. Shows its error to the person and goes on. */
export async function withErrorReport(
  services: Pick<Services, 'log'>,
  act: () => Promise<void>,
): Promise<void> {
  try {
    await act();
  } catch (error) {
    // The person canceled it and knows.
    if (error instanceof APIUserAbortError) return;
    if (error instanceof NoLongerShownError) void window.showWarningMessage(organizationSwitched());
    else showError(services, error);
  }
}

function showError({ log }: Pick<Services, 'log'>, error: unknown): void {
  const explained = explain(error);
  const words = explanationInWords(explained);
  log.error(words);
  showWithActions(window.showErrorMessage, escapeForMessage(words, 800), [
    ...errorActions(explained),
    [commandTitles.showLog, () => log.show()],
  ]);
}

/** The button that an explanation suggests, if it suggests one that works anywhere. */
export function errorActions({ offer }: Explanation): Button[] {
  if (offer === 'setAdminKey') return [[commandTitles.setAdminKey, commandIds.setAdminKey]];
  return offer === 'settings' ? [openSettings] : [];
}

export const openSettings: Button = [
  buttons.openSettings,
  () => commands.executeCommand('workbench.action.openSettings', settingIds.baseUrl),
];

/** One of the window's functions that show a message. */
export type Show = (message: string, ...buttons: string[]) => Thenable<string | undefined>;

/** A button: its label, and the id of the command it runs or what it does. */
export type Button = readonly [label: string, act: string | (() => unknown)];

/** Shows a message with buttons and does not wait for the person. What a button does shows its own errors. */
export function showWithActions(show: Show, message: string, actions: readonly Button[]): void {
  const acts = new Map(actions);
  void show(message, ...acts.keys()).then((button) => {
    const act = button === undefined ? undefined : acts.get(button);
    return typeof act === 'string' ? commands.executeCommand(act) : act?.();
  });
}
