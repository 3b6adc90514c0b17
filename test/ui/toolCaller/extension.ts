// Another extension, which calls tools as agents do, but without a chat: then VS Code asks in a dialog.
import { commands, type ExtensionContext, lm, Uri, window, workspace } from 'vscode';

/** A call, as the file `call.json` of the open folder has it. */
export interface ToolCall {
  readonly tool: string;
  readonly input: object;
  /** The file of the open folder that gets the answer. It is shown once it is there. */
  readonly answerFile: string;
}

export function activate({ subscriptions }: ExtensionContext): void {
  subscriptions.push(commands.registerCommand('toolCaller.call', call));
}

async function call(): Promise<void> {
  const folder = workspace.workspaceFolders?.[0]?.uri;
  if (!folder) throw new Error('No folder is open.');
  const { fs } = workspace;
  const file = await fs.readFile(Uri.joinPath(folder, 'call.json'));
  const { tool, input, answerFile } = JSON.parse(new TextDecoder().decode(file)) as ToolCall;
  const answer = Uri.joinPath(folder, answerFile);
  await fs.writeFile(answer, new TextEncoder().encode(await answerOf(tool, input)));
  await window.showTextDocument(answer, { preview: false });
}

/** What the language model of an agent would get. */
async function answerOf(tool: string, input: object): Promise<string> {
  try {
    const { content } = await lm.invokeTool(tool, { input, toolInvocationToken: undefined });
    return content.map((part) => (part as { value: string }).value).join('');
  } catch (error) {
    return `Rejected: ${error instanceof Error ? error.message : error}`;
  }
}
