import type { MatrixCheckpoint, MatrixProject, MatrixRow } from '../../../access/matrix/matrix';
import type { Organization } from '../../../access/organization';
import type { CheckpointHeading, ProjectHeading, RowMessage } from '../../../protocol/matrix';
import { plainText } from '../../../text/plainText';
import { explain, explanationInWords } from '../../../words/errors';
import { projectInWords } from '../../shared/projectInWords';
import type { Keys } from '../keys';

/** Maximum length of a name or ID: a hostile one must not fill the window. */
const maxLength = 200;

/** The heading of a checkpoint, with all texts safe to show. */
export function checkpointHeading(
  { catalog }: Pick<Organization, 'catalog'>,
  key: number,
  checkpoint: MatrixCheckpoint,
): CheckpointHeading {
  const { id, name, baseModel, createdAt, shutdown } = checkpoint;
  return {
    key,
    name: plainText(catalog.isNameShared(id) ? `${name} (${id})` : name, maxLength),
    id: plainText(id, maxLength),
    baseModel: plainText(baseModel, maxLength),
    ...(createdAt !== undefined && { createdAt }),
    ...(shutdown && { shutdown }),
  };
}

/**
 * The headings of projects. A project without a name that can be shown is labeled with its ID. An ambiguous name gets
 * the ID beside it.
 */
export function projectHeadings(
  organization: Organization,
  projects: readonly MatrixProject[],
  keys: Keys,
): ProjectHeading[] {
  return projects.map(({ id: project, archived }) => {
    const { label, id, note, isAmbiguous } = projectInWords(organization, project);
    const name = isAmbiguous ? `${label} (${id})` : label;
    return { key: keys.keyOf(project), name, id: plainText(project, maxLength), archived, note };
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
