import { type InputBoxValidationMessage, InputBoxValidationSeverity } from 'vscode';
import { newBox } from './questions';

/** What an input box for a secret says. */
export interface SecretQuestion {
  readonly title: string;
  readonly prompt: string;
  readonly placeholder: string;
  /** What is wrong with, or to be said about, the text so far; undefined when there is nothing to say. */
  readonly validate: (text: string) => InputBoxValidationMessage | undefined;
}

/**
 * Asks for a secret in a password box; undefined when cancelled. VS Code keeps one box for all questions and what was
 * typed last stays in it, hidden, so it is emptied before it goes.
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
      const found = question.validate(box.value);
      if (found?.severity === InputBoxValidationSeverity.Error) box.validationMessage = found;
      else end(box.value);
    });
    box.onDidHide(() => {
      end(undefined);
      box.dispose();
    });
    box.show();
  });
}
