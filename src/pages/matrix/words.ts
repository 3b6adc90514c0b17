import type { ReadingProgress } from '../../access/matrix/cell';
import { ageOf, type Cell, type StagedAction } from '../../access/matrix/cell';
import { ago } from '../../editor/time';
import type { CheckpointHeading, ProjectHeading, RefusedMessage } from '../../protocol/matrix';
import type { Count, Model, Row } from './model';

const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long' });
const exact = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'medium' });

/** The days of the permissions, which are few; formatting one takes longer than all else that is said of a cell. */
const days = new Map<number, string>();

function dayOf(createdAt: number): string {
  // Clocks of the world differ by quarters of an hour, so a quarter is always within one day.
  const quarter = Math.floor(createdAt / 900);
  const known = days.get(quarter);
  if (known !== undefined) return known;
  const words = day.format(createdAt * 1000);
  days.set(quarter, words);
  return words;
}

/** A cell in one sentence without a full stop, for screen readers and for the line under the matrix. */
export function cellInWords(
  model: Model,
  checkpoint: CheckpointHeading,
  project: ProjectHeading,
  now: number,
): string {
  const row = model.row(checkpoint.key);
  const cell = model.cell(checkpoint.key, project.key);
  const staged = model.staged(checkpoint.key, project.key);
  const failure = model.failure(checkpoint.key, project.key);
  const known = cell.kind === 'access' || cell.kind === 'none';
  return [
    `${checkpoint.name}, project ${project.name}${project.archived ? ' (archived)' : ''}: ${kindInWords(cell)}`,
    known && ageOf(row, now) ? `, ${ageInWords(row, now)}` : '',
    staged ? `; ${stagedInWords(staged, cell, failure)}` : '',
  ].join('');
}

/** What there is to know of a cell beyond that, a line each: ids, exact times, reasons. */
export function cellDetails(
  model: Model,
  checkpoint: CheckpointHeading,
  project: ProjectHeading,
  now: number,
): string[] {
  const row = model.row(checkpoint.key);
  const cell = model.cell(checkpoint.key, project.key);
  const permissions = cell.kind === 'access' ? cell.permissions : [];
  return [
    ...permissions.map(({ id, createdAt }) => `Permission ${id}, granted ${exact.format(createdAt * 1000)}`),
    ...(cell.kind === 'failed' ? [cell.reason] : []),
    ...(row.readAt === undefined ? [] : [`Read ${ago(row.readAt, now)}`]),
  ];
}

function kindInWords(cell: Cell): string {
  switch (cell.kind) {
    case 'access': {
      const [first, another] = cell.permissions;
      const granted = `granted ${dayOf(first?.createdAt ?? 0)}`;
      return another
        ? `has access by ${cell.permissions.length} permissions, the newest ${granted}`
        : `has access, ${granted}`;
    }
    case 'none':
      return 'no access';
    case 'owner':
      return 'owns the model, so it always has access';
    case 'reading':
      return 'not known yet, it is being read';
    case 'failed':
      return 'not known, it could not be read';
    case 'unknown':
      return cell.cancelled ? 'not known, reading was stopped' : 'not known, not read yet';
  }
}

function ageInWords({ age, readAt = 0 }: Row, now: number): string {
  if (age === 'beforeChange') return 'as it was before your last change';
  const read = `as read ${ago(readAt, now)}`;
  return age === 'couldNotBeReadAgain' ? `${read}, it could not be read again` : read;
}

/** Whether a staged change is not needed any more, because somebody else has made it. */
export function isSoAlready(staged: StagedAction, cell: Cell): boolean {
  return cell.kind === (staged === 'grant' ? 'access' : 'none');
}

function stagedInWords(staged: StagedAction, cell: Cell, failure: string | undefined): string {
  const words = `staged to ${staged}`;
  if (isSoAlready(staged, cell)) return `${words}, but that is so already`;
  return failure === undefined ? words : `${words}, which failed: ${failure}`;
}

/** `3`, or `3+` while there may be more. */
export function countInShort({ number, isWhole }: Count): string {
  return isWhole ? `${number}` : `${number}+`;
}

/** How many have access, for screen readers and hovers. */
export function countInWords({ number, isWhole }: Count, noun: string): string {
  const few = `${number} ${noun}${number === 1 ? '' : 's'}`;
  return isWhole ? few : `${few} so far`;
}

/** What a checkpoint's heading says beside its name. */
export function checkpointInWords(
  model: Model,
  { key, id, baseModel, ends }: CheckpointHeading,
  now: number,
): string[] {
  const row = model.row(key);
  const read = row.readAt === undefined ? '' : `Read ${ago(row.readAt, now)}`;
  return [
    id,
    `Base model ${baseModel}${ends ? `, ${ends}` : ''}`,
    countInWords(model.countOfCheckpoint(key), 'project'),
    row.reading ? 'Being read' : read || 'Not read yet',
    ...(row.age === 'beforeChange' ? ['From before your last change'] : []),
    ...(row.failure ? [row.failure] : []),
  ];
}

/** What a project's heading says beside its name. */
export function projectInWords(model: Model, { key, id, archived, note }: ProjectHeading): string[] {
  return [
    id,
    ...(archived ? ['Archived when it was read: access would have no effect'] : note ? [note] : []),
    countInWords(model.countOfProject(key), 'checkpoint'),
  ];
}

/** How far reading has come. */
export function progressInWords({ done, total, failed, isReading, isStopped }: ReadingProgress): string {
  if (total === 0) return '';
  if (done === total && failed === 0 && !isReading) {
    return total === 1 ? 'The checkpoint is read' : `All ${total} checkpoints are read`;
  }
  const rest = failed === 0 ? '' : `, ${failed} failed`;
  return `${isStopped ? 'Stopped: ' : ''}${done - failed} of ${total} checkpoints read${rest}`;
}

/** `Staged: 3 grants, 1 revoke`. */
export function stagedCount({ grants, revokes }: Pick<Model, 'grants' | 'revokes'>): string {
  if (grants + revokes === 0) return 'Nothing is staged';
  const parts = [
    ...(grants > 0 ? [`${grants} grant${grants === 1 ? '' : 's'}`] : []),
    ...(revokes > 0 ? [`${revokes} revoke${revokes === 1 ? '' : 's'}`] : []),
  ];
  return `Staged: ${parts.join(', ')}`;
}

const whyNot: Readonly<Record<RefusedMessage['why'], string>> = {
  notRead: 'it is not known yet whether it has access, because that was not read',
  reading: 'it is not known yet whether it has access; it is being read',
  failed: 'it is not known whether it has access, because that could not be read',
  owner: 'it owns the model, so it always has access and that cannot be changed',
  archived: 'it is archived, so access would have no effect',
  has: 'it has access already',
  hasNot: 'it has no access',
};

/** Why cells were not staged, the most frequent reason first. */
export function refusedInWords(
  refused: readonly RefusedMessage[],
  nameOf: (refused: RefusedMessage) => string,
): string {
  return refused
    .map((each) => {
      const what = each.count === 1 ? nameOf(each) : `${each.count} cells, such as ${nameOf(each)}`;
      return `Not staged: ${what}: ${whyNot[each.why]}.`;
    })
    .join(' ');
}
