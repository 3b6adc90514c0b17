import { runTool } from '../../../src/cli/cli';
import type { CommandHost, Output } from '../../../src/cli/host';
import type { ToolRun, Workplace } from './installed';

/** An output that keeps what is written. */
export function keeping(isTTY = false): Output & { readonly text: string } {
  let text = '';
  return {
    isTTY,
    columns: 100,
    write(part) {
      text += part;
    },
    get text() {
      return text;
    },
  };
}

export interface InProcessOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly isTTY?: boolean;
  readonly clock?: NonNullable<CommandHost['clock']>;
}

/** Runs the tool in this process: as installed, apart from its process. */
export async function runInProcess(
  { emulator, folder }: Workplace,
  args: readonly string[],
  { env = {}, isTTY = false, clock }: InProcessOptions = {},
): Promise<ToolRun> {
  const [stdout, stderr] = [keeping(isTTY), keeping(isTTY)];
  const code = await runTool({
    args: [...args, '--base-url', emulator.baseURL],
    key: emulator.adminAPIKey,
    env,
    folder,
    stdout,
    stderr,
    onSignal: () => () => undefined,
    version: () => '0.0.0',
    ...(clock && { clock }),
  });
  return { code, stdout: stdout.text, stderr: stderr.text };
}
