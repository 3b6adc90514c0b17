import { commands, window } from 'vscode';
import type { Explanation } from '../../access/explain';
import { explain, inWords } from '../../access/explain';
import { NoLongerShownError } from '../../access/loading/snapshot';
import { KeyringError } from '../../credentials/adminKeys';
import { escapeForMessage } from '../../editor/plainText';
import { commandIds, settingIds } from '../../ids';
import { APIUserAbortError, InsecureBaseURLError } from '../../openai';
import { notShownAnyMore } from './organizationInView';
import type { Services } from './services';

/** Does something for the person. What it throws is told in words and goes no further. */
export async function withErrorReport(
  services: Pick<Services, 'log'>,
  act: () => Promise<void>,
): Promise<void> {
  try {
    await act();
  } catch (error) {
    // The person cancelled it, so there is nothing to tell.
    if (error instanceof APIUserAbortError) return;
    if (error instanceof NoLongerShownError) void window.showWarningMessage(notShownAnyMore);
    else tell(services, error);
  }
}

function tell({ log }: Pick<Services, 'log'>, error: unknown): void {
  const own = error instanceof KeyringError || error instanceof InsecureBaseURLError;
  const explained = explain(error);
  const words = own ? error.message : inWords(explained);
  log.error(words);
  const offer = error instanceof InsecureBaseURLError ? [openSettings] : own ? [] : errorActions(explained);
  const buttons: Button[] = [...offer, ['Show Log', () => log.show()]];
  showWithActions(window.showErrorMessage, escapeForMessage(words, 800), buttons);
}

/** The button that an explanation suggests, if it suggests one that works anywhere. */
export function errorActions({ offer }: Explanation): Button[] {
  if (offer === 'setAdminKey') return [['Set Admin Key…', commandIds.setAdminKey]];
  return offer === 'settings' ? [openSettings] : [];
}

export const openSettings: Button = [
  'Open Settings',
  () => commands.executeCommand('workbench.action.openSettings', settingIds.baseUrl),
];

/** One of the window's functions that show a message. */
export type Show = (message: string, ...buttons: string[]) => Thenable<string | undefined>;

/** A button: its label, and the id of the command it runs or what it does. */
export type Button = readonly [label: string, act: string | (() => unknown)];

/** Shows a message with buttons and does not wait for the person. What a button does tells of its own failures. */
export function showWithActions(show: Show, message: string, buttons: readonly Button[]): void {
  const acts = new Map(buttons);
  void show(message, ...acts.keys()).then((button) => {
    const act = button === undefined ? undefined : acts.get(button);
    return typeof act === 'string' ? commands.executeCommand(act) : act?.();
  });
}
