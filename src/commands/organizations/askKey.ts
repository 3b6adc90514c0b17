import { type InputBoxValidationMessage, InputBoxValidationSeverity, ProgressLocation, window } from 'vscode';
import { explain, inWords, type KeyKind } from '../../access/explain';
import { organizationInHeaders } from '../../access/organizationIdentity';
import type { SavedKey } from '../../credentials/adminKeys';
import { askSecret } from '../../editor/askSecret';
import { escapeForMessage } from '../../editor/plainText';
import { askInDialog, cancelSignal } from '../../editor/questions';
import type { Wait } from '../../editor/time';
import { APIError, APIUserAbortError, checkBaseURL, type RequestOptions } from '../../openai';
import { countDown } from '../../views/shared/waitingNotice';
import { type Button, showWithActions } from '../shared/errorReport';
import type { Services } from '../shared/services';

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

/** What is particular to one kind of key. */
export interface KeyCheck {
  readonly kind: KeyKind;
  /** Said while a key is typed that can be sent, but does not look as such keys do; undefined when it does. */
  unusual(key: string): string | undefined;
  /**
   * Asks the server something that only such a key may, with one request. Resolves to the answer's headers. Rejects as
   * the client does.
   */
  ask(saved: SavedKey, options: RequestOptions): Promise<Headers>;
  /** What a failure that says nothing for or against the key is told as; undefined for one that does. */
  cannotSay(error: unknown): string | undefined;
}

const oneWord = /^[\u0021-\u007e]+$/;

/**
 * Asks for a key and has the server check it. Undefined when cancelled, or when the key was refused, which is told.
 * Nothing is saved here. Throws `InsecureBaseURLError` for a base URL that no key may be sent to.
 */
export async function askKey(
  services: Services,
  question: KeyQuestion,
  check: KeyCheck,
): Promise<SavedKey | undefined> {
  const { origin } = new URL(checkBaseURL(question.baseUrl));
  const article = check.kind.startsWith('a') ? 'an' : 'a';
  const typed = await askSecret({
    title: question.title,
    prompt: `Paste ${article} ${check.kind} of ${question.whose}. It is checked at ${origin}, then kept in the secret storage of VS Code and sent nowhere else.`,
    placeholder: check.kind.charAt(0).toUpperCase() + check.kind.slice(1),
    validate: (text) => judge(text.trim(), check),
  });
  const key = typed?.trim();
  if (!key) return undefined;
  const told = await mayBeSaved(services, { key, origin }, question, check);
  if (!told) return undefined;
  const organization = organizationInHeaders(told.headers);
  return { key, origin, ...(organization !== undefined && { organization }) };
}

function judge(key: string, check: KeyCheck): InputBoxValidationMessage | undefined {
  if (key === '') return undefined;
  if (!oneWord.test(key)) {
    const message =
      'A key is one word of letters, digits and signs. Copy it once more, without the text around it.';
    return { message, severity: InputBoxValidationSeverity.Error };
  }
  const message = check.unusual(key);
  return message === undefined ? undefined : { message, severity: InputBoxValidationSeverity.Warning };
}

/**
 * Asks the server about the key; where it answers without a clear yes or no, asks the person. Resolves to the headers of
 * the answer, if there was one, when the key may be saved, else to undefined.
 */
async function mayBeSaved(
  { log }: Services,
  saved: SavedKey,
  { whose, tryAgain, correct }: KeyQuestion,
  check: KeyCheck,
): Promise<{ readonly headers: Headers | undefined } | undefined> {
  try {
    return { headers: await checkWithProgress(saved, check) };
  } catch (error) {
    if (error instanceof APIUserAbortError) return undefined;
    const explained = explain(error, check.kind);
    const words = escapeForMessage(inWords(explained), 800);
    log.error(`The check of the ${check.kind}: ${words}`);
    const reason = check.cannotSay(error);
    if (reason !== undefined) {
      const headers = error instanceof APIError ? error.headers : undefined;
      return (await saveAnyway(whose, reason, words)) ? { headers } : undefined;
    }
    showWithActions(window.showErrorMessage, `The ${check.kind} was not saved. ${words}`, [
      ['Try Again', tryAgain],
      ...(explained.offer === 'settings' ? correct : []),
      ['Show Log', () => log.show()],
    ]);
    return undefined;
  }
}

function checkWithProgress(saved: SavedKey, check: KeyCheck): Thenable<Headers> {
  return window.withProgress(
    { location: ProgressLocation.Notification, title: `Checking the ${check.kind}`, cancellable: true },
    async (progress, token) => {
      let stopCounting = (): void => undefined;
      const onWait = (wait: Wait): void => {
        stopCounting();
        stopCounting = countDown(progress, wait);
      };
      return check.ask(saved, { signal: cancelSignal(token), onWait }).finally(() => stopCounting());
    },
  );
}

async function saveAnyway(whose: string, reason: string, words: string): Promise<boolean> {
  const save = 'Save Anyway';
  const question = `The key of ${whose} could not be checked: ${reason}. Save it anyway?`;
  return (await askInDialog(question, words, save)) === save;
}
