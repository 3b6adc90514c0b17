import { driftOf } from '../../access/accessFile/drift';
import { railsOf } from '../../access/accessFile/rails';
import { savePlan } from '../../access/accessFile/savedPlan';
import { liveAsOf, railInWords } from '../../words/accessFile';
import { notPossible, planCounts, planOverFile, removalsOption, savedTo } from '../../words/cli';
import { exitCodes, Stop } from '../exitCodes';
import { areSameFile, writeText } from '../files';
import {
  beyondMessages,
  changesOf,
  factsOfPlan,
  impossibleIn,
  incompleteSummary,
  messagesOf,
  type PlannedFile,
  planFile,
  readAccessFile,
} from '../planning';
import type { Report, ReportedMessage } from '../report';
import type { ToolSession } from '../session';

/** The report of a file that isn't valid. */
export function notValid(
  { line, file }: ToolSession,
  { messages, summary }: { readonly messages: readonly ReportedMessage[]; readonly summary: string },
): Report {
  const { verb } = line;
  return { verb, file, result: 'error', code: exitCodes.error, summary: [summary], changes: [], messages };
}

/** What would change. Sends no change. */
export async function runPlan(session: ToolSession): Promise<Report> {
  const { line, host, file } = session;
  if (line.out !== undefined && (await areSameFile(host.folder, line.out, file)))
    throw new Stop(exitCodes.usage, 'planOverFile', planOverFile(line.out));
  const reading = await readAccessFile(session);
  if (!('file' in reading)) return notValid(session, reading);
  const planned = await planFile(session, reading);
  const { plan, isComplete } = planned;
  const now = session.now();
  const isError = !isComplete || plan.errors.length > 0;
  const { differences, strictDifferences } = driftOf(plan);
  const isSaved = line.out !== undefined && !isError;
  if (line.out !== undefined && isSaved)
    await writeText(host.folder, line.out, savePlan({ fileText: planned.text, plan }, now));
  return {
    ...reportOfPlan(session, planned),
    result: isError ? 'error' : differences > 0 ? 'differences' : 'inSync',
    code: isError ? exitCodes.error : differences > 0 ? exitCodes.differences : exitCodes.ok,
    summary: [
      planCounts(plan.checked.plan.steps),
      notPossible(impossibleIn(planned)),
      incompleteSummary(planned),
      isSaved ? savedTo(line.out ?? '') : '',
      liveAsOf(plan.loadedAt, now),
    ],
    messages: [...messagesOf(planned, now), ...railMessages(planned), ...beyondMessages(planned, false)],
    differences: { count: differences, strict: strictDifferences },
    ...(isSaved && line.out !== undefined && { written: line.out }),
  };
}

/** What all reports of a plan have in common. */
export function reportOfPlan(
  { line, file }: ToolSession,
  planned: PlannedFile,
): Pick<Report, 'verb' | 'file' | 'changes' | 'organization' | 'day' | 'loadedAt'> {
  return { verb: line.verb, file, ...factsOfPlan(planned), changes: changesOf(planned) };
}

/** Why `apply` would refuse this plan. */
function railMessages({ plan }: PlannedFile): ReportedMessage[] {
  return railsOf(plan).map((rail) => ({
    severity: 'warning',
    kind: rail.kind,
    text:
      rail.kind === 'tooManyRemovals'
        ? `${railInWords(rail)} ${removalsOption(rail.removals)}`
        : railInWords(rail),
  }));
}
