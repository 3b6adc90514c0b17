import { window } from 'vscode';
import { explain, inWords } from '../access/explain';
import { NoLongerShownError } from '../access/snapshot';
import { KeyringError } from '../credentials/adminKeys';
import { inertText } from '../editor/plainText';
import { APIUserAbortError, InsecureBaseURLError } from '../openai';
import { type Button, tellWithButtons } from './messages';
import { offerOf, openSettings } from './offers';
import { notShownAnyMore } from './organizationInView';
import type { Services } from './services';

/** Does something for the person. What it throws is told in words and goes no further. */
export async function telling(services: Pick<Services, 'log'>, act: () => Promise<void>): Promise<void> {
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
  const offer = error instanceof InsecureBaseURLError ? [openSettings] : own ? [] : offerOf(explained);
  const buttons: Button[] = [...offer, ['Show Log', () => log.show()]];
  tellWithButtons(window.showErrorMessage, inertText(words, 800), buttons);
}
