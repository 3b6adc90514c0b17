import { access, mkdir } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { draftAccessFile } from '../../access/accessFile/draftAccessFile';
import { whyNotOrganization } from '../../access/accessFile/fileIds';
import { loadForAccessFile } from '../../access/accessFile/loadForAccessFile';
import { inSlices } from '../../access/slices';
import { sentences } from '../../text/lists';
import { draftComment, draftInWords, leftOutInWords, organizationNotForFile } from '../../words/accessFile';
import {
  fileFailure,
  loadingAllLists,
  loadingLists,
  noCheckpoints,
  notComplete,
  organizationMissing,
  savedTo,
  whyUnread,
} from '../../words/cli';
import { exitCodes, Stop } from '../exitCodes';
import { writeText } from '../files';
import { loadProjects } from '../planning';
import type { Report } from '../report';
import { type FoundCheckpoints, searchCheckpoints } from '../searchCheckpoints';
import type { ToolSession } from '../session';

/** Writes the file from what is live. What isn't complete is skipped, and said. */
export async function runInit(session: ToolSession): Promise<Report> {
  const { line, host, file, signal, progress } = session;
  const isNew = !line.flags.has('force');
  // Not after minutes of loading.
  if (isNew && (await exists(resolve(host.folder, file))))
    throw new Stop(exitCodes.error, 'file', fileFailure('write', file, 'EEXIST'));
  const { organization, named } = session.connect(line.checkpoints);
  const { projects: unnamed } = await loadProjects(session, line.organization);
  const live = named();
  const name = line.organization ?? live;
  if (name === undefined) throw new Stop(exitCodes.error, 'organizationMissing', organizationMissing);
  // A file with it would be refused by every other command.
  if (whyNotOrganization(name))
    throw new Stop(exitCodes.error, 'notOrganization', organizationNotForFile(name));
  const found: FoundCheckpoints =
    line.checkpoints.length > 0
      ? { checkpoints: line.checkpoints, isComplete: true, messages: [] }
      : await searchCheckpoints(session, organization, 'error');
  const base = { verb: line.verb, file, changes: [] };
  if (found.checkpoints.length === 0)
    return {
      ...base,
      result: 'error',
      code: exitCodes.error,
      summary: [noCheckpoints],
      messages: found.messages,
    };
  await organization.catalog.add(found.checkpoints);
  const checkpoints = found.checkpoints.map((id) => ({ id }));
  const failed = await loadForAccessFile({ checkpoints }, organization, {
    signal,
    onProgress: (done, total) =>
      progress.show(loadingAllLists(total), loadingLists(done, total), done, total),
  });
  progress.clear();
  const draft = await inSlices(
    draftAccessFile(organization, { organization: name, comment: draftComment }),
    signal,
  );
  await mkdir(dirname(resolve(host.folder, file)), { recursive: true });
  await writeText(host.folder, file, draft.text, isNew);
  const isComplete = draft.leftOut.length === 0 && found.isComplete;
  const now = session.now();
  return {
    ...base,
    result: isComplete ? 'written' : 'error',
    code: isComplete ? exitCodes.ok : exitCodes.error,
    organization: { file: name, ...(live !== undefined && { live }) },
    summary: [
      draftInWords(draft.checkpoints, draft.grants, draft.leftOut.length),
      savedTo(file),
      notComplete(0, unnamed === undefined),
    ],
    messages: [
      ...found.messages,
      ...draft.leftOut.map((left) => ({
        severity: 'error' as const,
        kind: left.why,
        text: sentences(leftOutInWords(organization, left, now), whyUnread(failed, left.checkpoint)),
        checkpoint: left.checkpoint,
      })),
    ],
    written: file,
  };
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
