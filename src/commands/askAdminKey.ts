import { type InputBoxValidationMessage, InputBoxValidationSeverity, ProgressLocation, window } from 'vscode';
import { explain, inWords, isNotFromTheAPI } from '../access/explain';
import type { SavedKey } from '../credentials/adminKeys';
import { askSecret } from '../editor/askSecret';
import { cancelSignal } from '../editor/cancelSignal';
import { countDown } from '../editor/countDown';
import { inertText } from '../editor/plainText';
import type { Wait } from '../editor/time';
import { APIError, APIUserAbortError, checkBaseURL, type OpenAIAdmin } from '../openai';
import { clientFor } from '../organizations/clientFor';
import { type Button, tellWithButtons } from './messages';
import type { Services } from './services';

/** Whose key is asked for, and what is offered when the server refuses it. */
export interface KeyQuestion {
  readonly title: string;
  /** In the prompt, such as `your organization`. */
  readonly whose: string;
  readonly baseUrl: string;
  readonly tryAgain: Button[1];
  /** The button for a failure that the base URL may be the cause of. */
  readonly correct: readonly Button[];
}

const oneWord = /^[\u0021-\u007e]+$/;

/**
 * Asks for an admin API key and has the server check it. Undefined when cancelled, or when the key was refused, which is
 * told. Nothing is saved here. Throws `InsecureBaseURLError` for a base URL that no key may be sent to.
 */
export async function askAdminKey(services: Services, question: KeyQuestion): Promise<SavedKey | undefined> {
  const { origin } = new URL(checkBaseURL(question.baseUrl));
  const typed = await askSecret({
    title: question.title,
    prompt: `Paste an admin API key of ${question.whose}. It is checked at ${origin}, then kept in the secret storage of VS Code and sent nowhere else.`,
    placeholder: 'Admin API key',
    validate: judge,
  });
  const key = typed?.trim();
  if (!key) return undefined;
  return (await mayBeSaved(services, { key, origin }, question)) ? { key, origin } : undefined;
}

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
async function mayBeSaved(
  services: Services,
  saved: SavedKey,
  { baseUrl, tryAgain, correct }: KeyQuestion,
): Promise<boolean> {
  const client = clientFor(saved, baseUrl, services.log);
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
      ['Try Again', tryAgain],
      ...(explained.offer === 'settings' ? correct : []),
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
