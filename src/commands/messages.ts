import { commands } from 'vscode';

/** One of the window's functions that show a message. */
export type Show = (message: string, ...buttons: string[]) => Thenable<string | undefined>;

/** A button: its label, and the id of the command it runs or what it does. */
export type Button = readonly [label: string, act: string | (() => unknown)];

/** Shows a message with buttons and does not wait for the person. What a button does tells of its own failures. */
export function tellWithButtons(show: Show, message: string, buttons: readonly Button[]): void {
  const acts = new Map(buttons);
  void show(message, ...acts.keys()).then((button) => {
    const act = button === undefined ? undefined : acts.get(button);
    return typeof act === 'string' ? commands.executeCommand(act) : act?.();
  });
}
