import { type InputBoxValidationMessage, InputBoxValidationSeverity } from 'vscode';
import { askForText } from '../../editor/questions';
import { checkBaseURL, InsecureBaseURLError, redact } from '../../openai';
import { cleanName, longestName } from '../../organizations/profiles';
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
 * Asks for the name of an organization; undefined when canceled. `itself` is the profile that has the name already.
 * Empty only where it may be.
 */
export async function askName(
  { profiles }: Pick<Services, 'profiles'>,
  question: {
    readonly title: string;
    readonly prompt: string;
    readonly value?: string;
    readonly itself?: string;
    readonly mayBeEmpty: boolean;
  },
): Promise<string | undefined> {
  const { itself, mayBeEmpty, ...shown } = question;
  const judge = (text: string): InputBoxValidationMessage | undefined => {
    const name = cleanName(text);
    if (name === '') return mayBeEmpty ? undefined : refusal(nameMissing);
    if (text.trim().length > longestName) return refusal(nameTooLong(longestName));
    // Names are shown and stored unencrypted.
    if (redact(text) !== text) return refusal(nameLooksLikeKey);
    const isTaken = profiles.all.some(
      (each) => each.id !== itself && each.name.toLowerCase() === name.toLowerCase(),
    );
    return isTaken ? { message: nameTaken, severity: InputBoxValidationSeverity.Info } : undefined;
  };
  const text = await askForText({
    ...shown,
    placeHolder: organizationQuestions.nameExample,
    ignoreFocusOut: true,
    validateInput: judge,
  });
  return text === undefined || judge(text)?.severity === InputBoxValidationSeverity.Error
    ? undefined
    : cleanName(text);
}

/** Asks for the base URL of an organization; undefined when canceled, else one that a key may be sent to. */
export async function askBaseUrl(title: string, value: string): Promise<string | undefined> {
  const text = await askForText({
    title,
    prompt: organizationQuestions.baseURL,
    placeHolder: 'https://api.openai.com/v1',
    value,
    ignoreFocusOut: true,
    validateInput: (typed) => {
      const why = whyNotBaseUrl(typed);
      return why === undefined ? undefined : refusal(why);
    },
  });
  return text === undefined || whyNotBaseUrl(text) !== undefined ? undefined : checkBaseURL(text);
}

function whyNotBaseUrl(text: string): string | undefined {
  try {
    checkBaseURL(text);
  } catch (error) {
    if (error instanceof InsecureBaseURLError) return baseURLProblemInWords(error.reason);
    throw error;
  }
  // Base URLs are shown and stored unencrypted.
  return redact(text) === text ? undefined : baseURLLooksLikeKey;
}

function refusal(message: string): InputBoxValidationMessage {
  return { message, severity: InputBoxValidationSeverity.Error };
}
