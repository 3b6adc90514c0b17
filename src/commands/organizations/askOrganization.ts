import { type InputBoxValidationMessage, InputBoxValidationSeverity } from 'vscode';
import { askForText } from '../../editor/questions';
import { checkBaseURL, InsecureBaseURLError } from '../../openai';
import { cleanName, longestName } from '../../organizations/profiles';
import { lookOf } from '../../text/fold';
import { containsKey } from '../../text/redact';
import { baseURLProblemInWords } from '../../words/errors';
import {
  baseURLLooksLikeKey,
  nameLooksLikeKey,
  nameMissing,
  nameTaken,
  nameTooLong,
  organizationQuestions,
} from '../../words/organizations';
import type { Services } from '../shared/services';

/**
 * Asks for the name of an organization. Undefined when canceled. Empty only with `mayBeEmpty`. `ownId` is the ID of the
 * profile to rename, which may keep its name.
 */
export async function askName(
  { profiles }: Pick<Services, 'profiles'>,
  question: {
    readonly title: string;
    readonly prompt: string;
    readonly value?: string;
    readonly ownId?: string;
    readonly mayBeEmpty: boolean;
  },
): Promise<string | undefined> {
  const { ownId, mayBeEmpty, ...shown } = question;
  const validate = (text: string): InputBoxValidationMessage | undefined => {
    const name = cleanName(text);
    if (name === '') return mayBeEmpty ? undefined : asError(nameMissing);
    if (text.trim().length > longestName) return asError(nameTooLong(longestName));
    // Names are shown and stored unencrypted.
    if (containsKey(text)) return asError(nameLooksLikeKey);
    const isTaken = profiles.all.some((each) => each.id !== ownId && lookOf(each.name) === lookOf(name));
    return isTaken ? { message: nameTaken, severity: InputBoxValidationSeverity.Info } : undefined;
  };
  const text = await askForText({
    ...shown,
    placeHolder: organizationQuestions.nameExample,
    ignoreFocusOut: true,
    validateInput: validate,
  });
  return text === undefined || validate(text)?.severity === InputBoxValidationSeverity.Error
    ? undefined
    : cleanName(text);
}

/** Asks for a base URL that a key may be sent to. Undefined when canceled. */
export async function askBaseUrl(title: string, value: string): Promise<string | undefined> {
  const text = await askForText({
    title,
    prompt: organizationQuestions.baseURL,
    placeHolder: 'https://api.openai.com/v1',
    value,
    ignoreFocusOut: true,
    validateInput: (typed) => {
      const why = baseUrlProblem(typed);
      return why === undefined ? undefined : asError(why);
    },
  });
  return text === undefined || baseUrlProblem(text) !== undefined ? undefined : checkBaseURL(text);
}

function baseUrlProblem(text: string): string | undefined {
  try {
    checkBaseURL(text);
  } catch (error) {
    if (error instanceof InsecureBaseURLError) return baseURLProblemInWords(error.reason);
    throw error;
  }
  // Base URLs are shown and stored unencrypted.
  return containsKey(text) ? baseURLLooksLikeKey : undefined;
}

function asError(message: string): InputBoxValidationMessage {
  return { message, severity: InputBoxValidationSeverity.Error };
}
