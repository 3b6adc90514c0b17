import { valid } from '../../words/cli';
import { exitCodes } from '../exitCodes';
import { factsOfPlan, incompleteSummary, messagesOf, planFile, readAccessFile } from '../planning';
import type { Report } from '../report';
import type { ToolSession } from '../session';
import { notValid } from './plan';

/** Checks the file; with `--online`, also against the organization. */
export async function runValidate(session: ToolSession): Promise<Report> {
  const { line, file } = session;
  const reading = await readAccessFile(session);
  if (!('file' in reading)) return notValid(session, reading);
  const base = { verb: line.verb, file, changes: [] };
  const ok = { ...base, result: 'valid', code: exitCodes.ok } as const;
  if (!line.flags.has('online'))
    return { ...ok, organization: { file: reading.file.organization }, summary: [valid], messages: [] };
  const planned = await planFile(session, reading);
  const messages = messagesOf(planned, session.now());
  const facts = factsOfPlan(planned);
  if (planned.isComplete && planned.plan.errors.length === 0)
    return { ...ok, ...facts, summary: [valid], messages };
  const summary = [incompleteSummary(planned)];
  return { ...base, ...facts, result: 'error', code: exitCodes.error, summary, messages };
}
