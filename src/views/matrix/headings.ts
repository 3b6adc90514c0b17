import { whyNotProject } from '../../access/ids/checkpointId';
import type { MatrixCheckpoint, MatrixProject, MatrixRow } from '../../access/matrix/matrix';
import type { Organization } from '../../access/organization';
import type { CheckpointHeading, ProjectHeading, RowMessage } from '../../protocol/matrix';
import { plainText } from '../../text/plainText';
import { explain, explanationInWords } from '../../words/errors';
import { projectInWords } from '../shared/projectInWords';
import type { Keys } from './keys';

/** Maximum length of a name or ID: a hostile one must not fill the window. */
const maxLength = 200;

/** The heading of a checkpoint, with all texts safe to show. */
export function checkpointHeading(key: number, checkpoint: MatrixCheckpoint): CheckpointHeading {
  const { id, name, baseModel, shutdown } = checkpoint;
  return {
    key,
    name: plainText(name, maxLength),
    id: plainText(id, maxLength),
    baseModel: plainText(baseModel, maxLength),
    ...(shutdown && { shutdown }),
  };
}

/**
 * The headings of projects. A project without a name that can be shown is labeled with its ID. A name shared by two
 * projects, or in the form of an ID, gets the ID beside it.
 */
export function projectHeadings(
  organization: Organization,
  projects: readonly MatrixProject[],
  keys: Keys,
): ProjectHeading[] {
  const headings = projects.map(({ id, archived }) => {
    const { label, note } = projectInWords(organization, id);
    return { key: keys.keyOf(id), name: label, id: plainText(id, maxLength), archived, note };
  });
  const counts = new Map<string, number>();
  for (const { name } of headings) counts.set(name, (counts.get(name) ?? 0) + 1);
  return headings.map((each) => {
    const isDoubtful = (counts.get(each.name) ?? 0) > 1 || whyNotProject(each.name) === undefined;
    return isDoubtful && !each.id.startsWith(each.name)
      ? { ...each, name: `${each.name} (${each.id})` }
      : each;
  });
}

/** The message with the loaded state of a checkpoint. */
export function rowMessage(checkpoint: number, row: MatrixRow, projects: Keys): RowMessage {
  const { access, owner, standing, ...same } = row;
  const { failure, ...codes } = standing;
  const permissions: [number, string, number][] = [];
  for (const [project, ofProject] of access) {
    const key = projects.keyOf(project);
    for (const { id, createdAt } of ofProject) permissions.push([key, plainText(id, maxLength), createdAt]);
  }
  return {
    ...same,
    checkpoint,
    standing: codes,
    permissions,
    ...(owner !== undefined && { owner: projects.keyOf(owner) }),
    ...(failure && row.failure === 'failed' && { reason: reasonOf(failure.error) }),
  };
}

/** A failure as a sentence: the page has no code for failures. */
export function reasonOf(error: unknown): string {
  return plainText(explanationInWords(explain(error)));
}
