import { type InputBoxValidationMessage, InputBoxValidationSeverity } from 'vscode';
import { escapeForMessage } from '../../editor/plainText';
import { askForText } from '../../editor/questions';
import { checkBaseURL, redact } from '../../openai';
import { cleanName, longestName } from '../../organizations/profiles';
import type { Services } from '../shared/services';

/**
 * Asks for the name of an organization; undefined when cancelled. `itself` is the profile that has the name already.
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
    if (name === '')
      return mayBeEmpty ? undefined : refusal('An organization needs a name to be told from others.');
    if (text.trim().length > longestName) return refusal(`A name has at most ${longestName} characters.`);
    // Names are shown and stored in the open.
    if (redact(text) !== text)
      return refusal('This looks like an API key. It is asked for later, in a box that hides it.');
    const isTaken = profiles.all.some(
      (each) => each.id !== itself && each.name.toLowerCase() === name.toLowerCase(),
    );
    const message = 'Another organization has this name. The host is shown beside both.';
    return isTaken ? { message, severity: InputBoxValidationSeverity.Info } : undefined;
  };
  const text = await askForText({
    ...shown,
    placeHolder: 'For example, Production',
    ignoreFocusOut: true,
    validateInput: judge,
  });
  return text === undefined || judge(text)?.severity === InputBoxValidationSeverity.Error
    ? undefined
    : cleanName(text);
}

/** Asks for the base URL of an organization; undefined when cancelled, else one that a key may be sent to. */
export async function askBaseUrl(title: string, value: string): Promise<string | undefined> {
  const text = await askForText({
    title,
    prompt:
      'Address of the API for this organization: change it only for a gateway. The key is sent nowhere else.',
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
    return escapeForMessage(error instanceof Error ? error.message : String(error));
  }
  // Addresses are shown and stored in the open.
  return redact(text) === text ? undefined : 'This address contains what looks like an API key. Remove it.';
}

function refusal(message: string): InputBoxValidationMessage {
  return { message, severity: InputBoxValidationSeverity.Error };
}
