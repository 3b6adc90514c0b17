import { driftOf } from '../../access/accessFile/drift';
import { planAccessFile } from '../../access/accessFile/planAccessFile';
import { inSlices } from '../../access/slices';
import { liveAsOf } from '../../words/accessFile';
import { exitCodes } from '../exitCodes';
import {
  driftMessages,
  incompleteSummary,
  messagesOf,
  planFile,
  readAccessFile,
  summaryOfDrift,
} from '../planning';
import type { Report } from '../report';
import { searchCheckpoints } from '../searchCheckpoints';
import type { ToolSession } from '../session';
import { notValid, reportOfPlan } from './plan';

/** How access differs from the file. Sends no change. */
export async function runDrift(session: ToolSession): Promise<Report> {
  const isStrict = session.line.flags.has('strict');
  const reading = await readAccessFile(session);
  if (!('file' in reading)) return notValid(session, reading);
  const loaded = await planFile(session, reading);
  const { organization } = loaded;
  const found = await searchCheckpoints(session, organization, isStrict ? 'error' : 'warning');
  await organization.catalog.add(found.checkpoints);
  const plan = await inSlices(planAccessFile(reading.file, organization, session.today), session.signal);
  const planned = { ...loaded, plan };
  const { differences, strictDifferences } = driftOf(plan);
  const count = isStrict ? strictDifferences : differences;
  // What may be outside of the file counts only where it is asked for strictly.
  const isError = !loaded.isComplete || plan.errors.length > 0 || (isStrict && !found.isComplete);
  const now = session.now();
  return {
    ...reportOfPlan(session, planned),
    result: isError ? 'error' : count > 0 ? 'differences' : 'inSync',
    code: isError ? exitCodes.error : count > 0 ? exitCodes.differences : exitCodes.ok,
    summary: [
      isError && count === 0 ? '' : summaryOfDrift(planned, isStrict),
      incompleteSummary(planned),
      liveAsOf(plan.loadedAt, now),
    ],
    messages: [...messagesOf(planned, now), ...found.messages, ...driftMessages(planned, isStrict)],
    differences: { count: differences, strict: strictDifferences },
  };
}
