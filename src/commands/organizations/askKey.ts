import { type InputBoxValidationMessage, InputBoxValidationSeverity, ProgressLocation, window } from 'vscode';
import { whyNotVerified } from '../../access/failures';
import type { Wait } from '../../access/matrix/cell';
import { organizationInHeaders } from '../../access/organizationIdentity';
import type { SavedKey } from '../../credentials/adminKeys';
import { askSecret } from '../../editor/askSecret';
import { askInDialog, cancelSignal } from '../../editor/questions';
import { APIError, APIUserAbortError, checkBaseURL, type RequestOptions } from '../../openai';
import { escapeForMessage } from '../../text/plainText';
import { countDown } from '../../views/shared/waitingNotice';
import { explain, explanationInWords, type KeyKind } from '../../words/errors';
import {
  checkingKey,
  type KeyOwner,
  keyNotSaved,
  keyPlaceholder,
  keyPrompt,
  noKey,
  saveUnverifiedKey,
  unusualKey,
} from '../../words/keys';
import { buttons, commandTitles } from '../../words/titles';
import { type Button, showWithActions } from '../shared/errorReport';
import type { Services } from '../shared/services';

/** Whose key is asked for, and what is offered when the API refuses it. */
export interface KeyQuestion {
  readonly title: string;
  readonly owner: KeyOwner;
  readonly baseUrl: string;
  readonly tryAgain: Button[1];
  /** The button for a failure that the base URL may be the cause of. */
  readonly correct: readonly Button[];
}

/** What is particular to one kind of key. */
export interface KeyCheck {
  /** Whether a key that can be sent doesn't look as such keys do. It is still checked. */
  looksUnusual(key: string): boolean;
  /**
   * Sends one request that only such a key may make. Resolves to the headers of the response. Rejects as the client does.
   */
  ask(saved: SavedKey, options: RequestOptions): Promise<Headers>;
}

const oneWord = /^[\u0021-\u007e]+$/;

/**
 * Asks for a key and checks it with the API. Undefined when canceled, or when the key was refused, which is told.
 * Saves nothing. Throws `InsecureBaseURLError` for a base URL that no key may be sent to.
 */
export async function askKey(
  services: Services,
  question: KeyQuestion,
  check: KeyCheck,
): Promise<SavedKey | undefined> {
  const { owner } = question;
  const { origin } = new URL(checkBaseURL(question.baseUrl));
  const typed = await askSecret({
    title: question.title,
    prompt: keyPrompt(owner, origin),
    placeholder: keyPlaceholder[owner.kind],
    validate: (text) => judge(text.trim(), owner.kind, check),
  });
  const key = typed?.trim();
  if (!key) return undefined;
  const verified = await mayBeSaved(services, { key, origin }, question, check);
  if (!verified) return undefined;
  const organization = organizationInHeaders(verified.headers);
  return { key, origin, ...(organization !== undefined && { organization }) };
}

function judge(key: string, kind: KeyKind, check: KeyCheck): InputBoxValidationMessage | undefined {
  if (key === '') return undefined;
  if (!oneWord.test(key)) return { message: noKey, severity: InputBoxValidationSeverity.Error };
  return check.looksUnusual(key)
    ? { message: unusualKey[kind], severity: InputBoxValidationSeverity.Warning }
    : undefined;
}

/**
 * Checks the key with the API and asks the person when the API says neither yes nor no. Resolves to the headers of the
 * response, if there was one, when the key may be saved, else to undefined.
 */
async function mayBeSaved(
  { log }: Services,
  saved: SavedKey,
  { owner, tryAgain, correct }: KeyQuestion,
  check: KeyCheck,
): Promise<{ readonly headers: Headers | undefined } | undefined> {
  try {
    return { headers: await checkWithProgress(saved, owner.kind, check) };
  } catch (error) {
    if (error instanceof APIUserAbortError) return undefined;
    const explained = explain(error, owner.kind);
    log.error(`Check of the ${owner.kind}: ${explanationInWords(explained)}`);
    const why = whyNotVerified(error);
    if (why !== undefined) {
      const detail = escapeForMessage(explanationInWords(explained), 800);
      const answer = await askInDialog(saveUnverifiedKey(owner, why), detail, buttons.saveAnyway);
      const headers = error instanceof APIError ? error.headers : undefined;
      return answer === buttons.saveAnyway ? { headers } : undefined;
    }
    const message = escapeForMessage(keyNotSaved(owner.kind, explained), 800);
    showWithActions(window.showErrorMessage, message, [
      [buttons.tryAgain, tryAgain],
      ...(explained.offer === 'settings' ? correct : []),
      [commandTitles.showLog, () => log.show()],
    ]);
    return undefined;
  }
}

function checkWithProgress(saved: SavedKey, kind: KeyKind, check: KeyCheck): Thenable<Headers> {
  return window.withProgress(
    { location: ProgressLocation.Notification, title: checkingKey[kind], cancellable: true },
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
