import { withoutKeys } from '../text/redact';
import { helpText } from '../words/cliHelp';
import { parseArguments } from './arguments';
import { exitCodes } from './exitCodes';
import type { CommandHost } from './host';

/**
 * Runs the tool. Resolves to its exit code, and never rejects. What the help doesn't need is loaded later, so that the help
 * is there at once.
 */
export async function runTool(host: CommandHost): Promise<number> {
  const parsed = parseArguments(host.args);
  switch (parsed.kind) {
    case 'help':
      host.stdout.write(helpText(parsed.verb));
      return exitCodes.ok;
    case 'version':
      host.stdout.write(`${withoutKeys(host.version())}\n`);
      return exitCodes.ok;
    case 'usage': {
      const { sayUsage } = await import('./run.js');
      return sayUsage(parsed, host);
    }
    case 'run': {
      const { runCommand } = await import('./run.js');
      return runCommand(parsed.line, host);
    }
  }
}
