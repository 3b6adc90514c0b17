import { type InputBoxValidationMessage, InputBoxValidationSeverity } from 'vscode';
import { newBox } from './questions';

/** Texts and validation of an input box for a secret. */
export interface SecretQuestion {
  readonly title: string;
  readonly prompt: string;
  readonly placeholder: string;
  /** An error or a note about the text typed so far; undefined for none. */
  readonly validate: (text: string) => InputBoxValidationMessage | undefined;
  /** What Enter says while nothing is typed. */
  readonly missing: string;
}

/**
 * Asks for a secret in a password box; undefined when canceled. VS Code reuses one input box, which keeps its last
 * value while hidden, so the value is cleared before the box hides.
 */
export function askSecret(question: SecretQuestion): Promise<string | undefined> {
  const box = newBox();
  box.title = question.title;
  box.prompt = question.prompt;
  box.placeholder = question.placeholder;
  box.password = true;
  box.ignoreFocusOut = true;
  return new Promise((resolve) => {
    const end = (text: string | undefined): void => {
      box.value = '';
      box.hide();
      resolve(text);
    };
    box.onDidChangeValue((text) => {
      box.validationMessage = question.validate(text);
    });
    box.onDidAccept(() => {
      const problem =
        box.value.trim() === ''
          ? { message: question.missing, severity: InputBoxValidationSeverity.Error }
          : question.validate(box.value);
      if (problem?.severity === InputBoxValidationSeverity.Error) box.validationMessage = problem;
      else end(box.value);
    });
    box.onDidHide(() => {
      end(undefined);
      box.dispose();
    });
    box.show();
  });
}
