import { whyNotProject } from '../../access/ids/checkpointId';
import type { MatrixCheckpoint, MatrixProject, MatrixRow } from '../../access/matrix/matrix';
import type { Organization } from '../../access/organization';
import type { CheckpointHeading, ProjectHeading, RowMessage } from '../../protocol/matrix';
import { plainText } from '../../text/plainText';
import { explain, explanationInWords } from '../../words/errors';
import { projectInWords } from '../shared/projectInWords';
import type { Keys } from './keys';

/** The longest name that is shown; a hostile one must not fill the window. */
const maxLength = 200;

/** A checkpoint as the page is told of it, all texts made safe to show. */
export function checkpointHeading(key: number, checkpoint: MatrixCheckpoint): CheckpointHeading {
  const { id, name, baseModel, retirement } = checkpoint;
  return {
    key,
    name: plainText(name, maxLength),
    id: plainText(id, maxLength),
    baseModel: plainText(baseModel, maxLength),
    ...(retirement && { retirement }),
  };
}

/**
 * Projects as the page is told of them. One without a name that can be shown is called by its id; where two have the same
 * name, or one has another's id for a name, the id stands beside it.
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
  const bearers = new Map<string, number>();
  for (const { name } of headings) bearers.set(name, (bearers.get(name) ?? 0) + 1);
  return headings.map((each) => {
    const isDoubtful = (bearers.get(each.name) ?? 0) > 1 || whyNotProject(each.name) === undefined;
    return isDoubtful && !each.id.startsWith(each.name)
      ? { ...each, name: `${each.name} (${each.id})` }
      : each;
  });
}

/** What is known of a checkpoint as the page is told of it. */
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

/** The words for a failure, which the page has no code for. */
export function reasonOf(error: unknown): string {
  return plainText(explanationInWords(explain(error)));
}
