import { nameEdits } from '../../access/accessFile/editAccessFile';
import { formatEdits, withEdits } from '../../access/accessFile/jsonText';
import { inSlices } from '../../access/slices';
import { projectsUnreadInWords } from '../../words/accessFile';
import { formatted, notFormatted, wasFormatted } from '../../words/cli';
import { exitCodes, Stop } from '../exitCodes';
import { writeText } from '../files';
import { loadProjects, readAccessFile } from '../planning';
import type { Report } from '../report';
import type { ToolSession } from '../session';
import { notValid } from './plan';

/** Formats the file; with `--names`, writes the names of the projects, too. */
export async function runFmt(session: ToolSession): Promise<Report> {
  const { line, file: path, host } = session;
  const reading = await readAccessFile(session);
  if (!('file' in reading)) return notValid(session, reading);
  const named = line.flags.has('names') ? await withNames(session, reading) : reading.text;
  const text = withEdits(named, formatEdits(named));
  const isSame = text === reading.text;
  const isCheck = line.flags.has('check');
  const base = { verb: line.verb, file: path, changes: [], messages: [] };
  if (isCheck && !isSame)
    return { ...base, result: 'differences', code: exitCodes.differences, summary: [notFormatted] };
  if (!isSame) await writeText(host.folder, path, text);
  return {
    ...base,
    result: 'formatted',
    code: exitCodes.ok,
    summary: [isSame ? formatted : wasFormatted],
    ...(!isSame && { written: path }),
  };
}

async function withNames(
  session: ToolSession,
  reading: { readonly text: string; readonly file: Parameters<typeof nameEdits>[0]['file'] },
): Promise<string> {
  const { organization } = session.connect([]);
  const { projects } = await loadProjects(session, reading.file.organization);
  session.progress.clear();
  // A project that wasn't loaded would keep an old name, and the file would seem to be up to date.
  if (projects) {
    const text = projectsUnreadInWords(organization.projectsStanding, session.now());
    throw new Stop(exitCodes.error, 'projectsNotLoaded', text);
  }
  return withEdits(reading.text, await inSlices(nameEdits(reading, organization), session.signal));
}
