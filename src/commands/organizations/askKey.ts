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
  keyMissing,
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

/** The owner of the key, and the buttons offered when the API rejects it. */
export interface KeyQuestion {
  readonly title: string;
  readonly owner: KeyOwner;
  readonly baseUrl: string;
  readonly tryAgain: Button[1];
  /** Buttons for a failure that the base URL may cause. */
  readonly correct: readonly Button[];
}

/** The checks of one kind of key. */
export interface KeyCheck {
  /** Whether the key doesn't look like one of this kind. It is verified all the same. */
  looksUnusual(key: string): boolean;
  /** Sends one request that needs a key of this kind. Resolves to the response's headers. */
  ask(saved: SavedKey, options: RequestOptions): Promise<Headers>;
}

const oneWord = /^[\u0021-\u007e]+$/;

/**
 * Asks for a key and verifies it with the API. Undefined when canceled, or when the key was rejected, after a message.
 * Saves nothing. Rejects with `InsecureBaseURLError` for a base URL that no key may be sent to.
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
    validate: (text) => validateKey(text.trim(), owner.kind, check),
    missing: keyMissing[owner.kind],
  });
  const key = typed?.trim();
  if (!key) return undefined;
  const response = await verifyKey(services, { key, origin }, question, check);
  if (!response) return undefined;
  const organization = organizationInHeaders(response.headers);
  return { key, origin, ...(organization !== undefined && { organization }) };
}

function validateKey(key: string, kind: KeyKind, check: KeyCheck): InputBoxValidationMessage | undefined {
  if (key === '') return undefined;
  if (!oneWord.test(key)) return { message: noKey, severity: InputBoxValidationSeverity.Error };
  return check.looksUnusual(key)
    ? { message: unusualKey[kind], severity: InputBoxValidationSeverity.Warning }
    : undefined;
}

/**
 * Verifies the key with the API, and asks the person whether to save it when the response is inconclusive. Resolves to
 * undefined when the key must not be saved, else to the headers of the response, if there was one.
 */
async function verifyKey(
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
      let stopCountdown = (): void => undefined;
      const onWait = (wait: Wait): void => {
        stopCountdown();
        stopCountdown = countDown(progress, wait);
      };
      return check.ask(saved, { signal: cancelSignal(token), onWait }).finally(() => stopCountdown());
    },
  );
}
