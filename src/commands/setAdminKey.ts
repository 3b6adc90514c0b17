import { type InputBoxValidationMessage, InputBoxValidationSeverity, ProgressLocation, window } from 'vscode';
import { explain, inWords, isNotFromTheAPI } from '../access/explain';
import type { SavedKey } from '../credentials/adminKeys';
import { askSecret } from '../editor/askSecret';
import { cancelSignal } from '../editor/cancelSignal';
import { countDown } from '../editor/countDown';
import { inertText } from '../editor/plainText';
import { readSettings } from '../editor/settings';
import type { Wait } from '../editor/time';
import { commandIds } from '../ids';
import { APIError, APIUserAbortError, checkBaseURL, type OpenAIAdmin } from '../openai';
import { clientFor } from '../organizations/clientFor';
import { defaultProfile } from '../organizations/profile';
import { tellWithButtons } from './messages';
import { openSettings } from './offers';
import type { Command, Services } from './services';

const oneWord = /^[\u0021-\u007e]+$/;

/** Asks for an admin API key, has the server check it, and only then saves it, bound to the origin it was checked at. */
export const setAdminKey: Command = async (services) => {
  const { origin } = new URL(checkBaseURL(readSettings().baseUrl));
  const typed = await askSecret({
    title: 'Set Admin Key',
    prompt: `Paste an admin API key of your organization. It is checked at ${origin}, then kept in the secret storage of VS Code and sent nowhere else.`,
    placeholder: 'Admin API key',
    validate: judge,
  });
  const key = typed?.trim();
  if (!key) return;

  if (!(await mayBeSaved(services, { key, origin }))) return;
  await services.keys.set(defaultProfile, { key, origin });
  if (services.current.isSample) await services.current.chooseSample(false);
  services.log.info(`The admin API key was saved for ${origin}.`);
  window.setStatusBarMessage(`$(check) Admin API key saved for ${origin}`, 5000);
};

function judge(text: string): InputBoxValidationMessage | undefined {
  const key = text.trim();
  if (key === '' || (key.startsWith('sk-admin-') && oneWord.test(key))) return undefined;
  return oneWord.test(key)
    ? {
        message:
          'Admin API keys start with “sk-admin-” as a rule, and only they can manage permissions. The server decides.',
        severity: InputBoxValidationSeverity.Warning,
      }
    : {
        message:
          'A key is one word of letters, digits and signs. Copy it once more, without the text around it.',
        severity: InputBoxValidationSeverity.Error,
      };
}

/** Asks the server about the key; where it answers without a clear yes or no, asks the person. */
async function mayBeSaved(services: Services, saved: SavedKey): Promise<boolean> {
  const client = clientFor(saved, services.log);
  try {
    await check(client);
    return true;
  } catch (error) {
    if (error instanceof APIUserAbortError) return false;
    const explained = explain(error);
    const words = inertText(inWords(explained), 800);
    services.log.error(`The check of the admin API key: ${words}`);
    if (saysNothingOfTheKey(error)) return saveAnyway(words);
    tellWithButtons(window.showErrorMessage, `The admin API key was not saved. ${words}`, [
      ['Try Again', commandIds.setAdminKey],
      ...(explained.offer === 'settings' ? [openSettings] : []),
      ['Show Log', () => services.log.show()],
    ]);
    return false;
  } finally {
    void client.close();
  }
}

function check(client: OpenAIAdmin): Thenable<unknown> {
  return window.withProgress(
    { location: ProgressLocation.Notification, title: 'Checking the admin API key', cancellable: true },
    async (progress, token) => {
      let stopCounting = (): void => undefined;
      const onWait = (wait: Wait): void => {
        stopCounting();
        stopCounting = countDown(progress, wait);
      };
      const { adminAPIKeys } = client.admin.organization;
      return Promise.resolve(
        adminAPIKeys.list({ limit: 1 }, { signal: cancelSignal(token), onWait }),
      ).finally(() => stopCounting());
    },
  );
}

async function saveAnyway(words: string): Promise<boolean> {
  const save = 'Save Anyway';
  const button = await window.showWarningMessage(
    'The key could not be checked: the server does not let it look at admin API keys. Save it anyway?',
    { modal: true, detail: words },
    save,
  );
  return button === save;
}

/** A missing scope, or a gateway without this endpoint, says nothing against the key. A page of a proxy says nothing at all. */
function saysNothingOfTheKey(error: unknown): boolean {
  if (!(error instanceof APIError) || isNotFromTheAPI(error)) return false;
  return error.missingScopes.length > 0 || error.status === 403 || error.status === 404;
}
