import {
  canceledBeforeChanges,
  canceledLoading,
  explainInTerminal,
  stoppingLoading,
  summaryFailed,
  usage,
} from '../words/cli';
import type { CLIVerb } from '../words/cliHelp';
import type { CommandLine, UsageProblem } from './arguments';
import { exitCodes, Stop } from './exitCodes';
import { safeForConsole } from './formats/escape';
import { forGitHub, writeStepSummary } from './formats/github';
import { asJSON } from './formats/json';
import { asMarkdown } from './formats/markdown';
import { asText } from './formats/text';
import type { CommandHost } from './host';
import type { Report } from './report';
import { ToolSession } from './session';
import { runApply, runExpire } from './verbs/apply';
import { runDrift } from './verbs/drift';
import { runFmt } from './verbs/fmt';
import { runInit } from './verbs/init';
import { runPlan } from './verbs/plan';
import { runValidate } from './verbs/validate';

const runVerb: Readonly<Record<CLIVerb, (session: ToolSession) => Promise<Report>>> = {
  init: runInit,
  validate: runValidate,
  fmt: runFmt,
  plan: runPlan,
  drift: runDrift,
  apply: runApply,
  expire: runExpire,
};

/** Says what is wrong with a command line. */
export function sayUsage(
  { problem, verb }: { readonly problem: UsageProblem; readonly verb?: CLIVerb },
  { stderr }: CommandHost,
): number {
  stderr.write(safeForConsole(`${usageInWords(problem)} ${usage.help(verb)}\n`));
  return exitCodes.usage;
}

function usageInWords(problem: UsageProblem): string {
  switch (problem.kind) {
    case 'key':
      return usage.key;
    case 'yesMissing':
      return usage.yesMissing(problem.verb);
    case 'notForCommand':
      return usage.notForCommand(problem.text, problem.verb);
    default:
      return usage[problem.kind](problem.text);
  }
}

/** Runs a command and prints its report. Resolves to the exit code, and never rejects. */
export async function runCommand(line: CommandLine, host: CommandHost): Promise<number> {
  const session = new ToolSession(line, host);
  const stopListening = host.onSignal(() => {
    if (!session.isChanging && !session.signal.aborted) session.progress.say(stoppingLoading);
    session.stop();
  });
  let report: Report;
  let isStopped = false;
  try {
    report = await runVerb[line.verb](session);
  } catch (error) {
    const { stack = '' } = error instanceof Error ? error : {};
    // A fault of the tool: what was expected has words of its own.
    if (line.isVerbose && !(error instanceof Stop)) session.progress.say(stack);
    report = reportOfFailure(session, error);
    isStopped = true;
  } finally {
    session.close();
    stopListening();
  }
  await print(report, session, isStopped);
  return report.code;
}

/** A report without a result: it was stopped, or something failed. */
function reportOfFailure({ line, file, signal }: ToolSession, error: unknown): Report {
  const base = { verb: line.verb, file, changes: [], messages: [] };
  const stop = error instanceof Stop ? error : undefined;
  if (!stop && signal.aborted) {
    const isChange = line.verb === 'apply' || line.verb === 'expire';
    return isChange
      ? { ...base, result: 'canceled', code: exitCodes.partly, summary: [canceledBeforeChanges] }
      : { ...base, result: 'canceled', code: exitCodes.error, summary: [canceledLoading] };
  }
  const code = stop?.code ?? exitCodes.error;
  const result = code === exitCodes.refused ? 'refused' : code === exitCodes.partly ? 'canceled' : 'error';
  const text = stop?.text ?? explainInTerminal(error);
  const messages = [{ severity: 'error', kind: stop?.kind ?? 'unknown', text }] as const;
  return { ...base, result, code, summary: [], messages };
}

/** `isStopped`: there is no result, which a person has to see although the output may go to a file. */
async function print(report: Report, { line, host }: ToolSession, isStopped: boolean): Promise<void> {
  const { env, stdout, stderr } = host;
  switch (line.format) {
    case 'text': {
      const isPlain = Boolean(env.NO_COLOR) || env.TERM === 'dumb';
      const output = isStopped ? stderr : stdout;
      output.write(asText(report, output.isTTY === true && !isPlain));
      return;
    }
    case 'json':
      stdout.write(asJSON(report));
      return;
    case 'markdown':
      stdout.write(asMarkdown(report));
      return;
    case 'github': {
      stdout.write(forGitHub(report));
      const path = env.GITHUB_STEP_SUMMARY;
      if (!path) return;
      await writeStepSummary(report, path).catch(({ code }: NodeJS.ErrnoException) => {
        stderr.write(`${safeForConsole(summaryFailed(code))}\n`);
      });
    }
  }
}
