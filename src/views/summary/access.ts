import { explain } from '../../access/explain';
import { whyNotProject } from '../../access/ids/checkpointId';
import type { Organization } from '../../access/organization';
import { ago } from '../../editor/time';
import { projectInWords } from '../shared/projectInWords';

/** Who may use a checkpoint as far as is known, in words. Names and reasons come from a server: escape them. */
export interface KnownAccess {
  /**
   * How far what is said can be relied on. `unread`: nothing is known. `failed`: nothing is known, because reading failed.
   * `doubtful`: something is known that is old, incomplete, or from before a change. `sure`: read whole, and lately enough.
   */
  readonly standing: 'unread' | 'failed' | 'doubtful' | 'sure';
  /** A sentence without its full stop, such as `100+ projects have access`. */
  readonly summary: string;
  /** The names of the projects that have access, or their ids where no name is known; each once, newest grant first. */
  readonly projects: readonly string[];
  /** There may be further projects. */
  readonly more: boolean;
  /** When it was read, such as `read 3 minutes ago`; empty when nothing was. */
  readonly age: string;
  /** What there is to know beside it, each a whole sentence. */
  readonly notes: readonly string[];
}

/** From this age on, in milliseconds, what was read is called old in the tree as well. */
const oldAfter = 15 * 60_000;

/** What is known of a checkpoint's access in an organization, without asking anybody; `now` in milliseconds since 1970. */
export function knownAccess(organization: Organization, checkpoint: string, now: number): KnownAccess {
  const { listing, failure, beforeChange, outdated, reading } = organization.permissions.snapshot(checkpoint);
  const explained = failure && explain(failure.error);
  const beingRead = reading ? ['It is being read now.'] : [];
  const nothing = { projects: [], more: true, age: '' };
  if (!listing) {
    if (!explained) {
      const summary = 'Who has access has not been read yet';
      return { ...nothing, standing: 'unread', summary, notes: beingRead };
    }
    const summary = `Who has access could not be read: ${explained.what}`;
    return { ...nothing, standing: 'failed', summary, notes: [explained.next, ...beingRead] };
  }

  const { permissions, ending, readAt } = listing;
  const ids = [...new Set(permissions.map(({ project_id }) => project_id))];
  const notes: string[] = [];
  if (beforeChange) notes.push('This is from before your last change.');
  if (outdated) notes.push('This is from before your refresh.');
  if (explained && failure.during === 'read') {
    notes.push(`It could not be read again: ${explained.what}. ${explained.next}`);
  }
  if (ending.kind === 'more') {
    notes.push(`Only the newest ${counted(permissions.length, 'permission')} were read; there are more.`);
  }
  if (explained && failure.during === 'readMore') {
    notes.push(`More could not be read: ${explained.what}. ${explained.next}`);
  }
  if (ending.kind === 'incomplete') notes.push(`The list is incomplete: ${ending.reason}.`);
  const old = now - readAt >= oldAfter;
  const sure = notes.length === 0 && !old;
  return {
    standing: sure ? 'sure' : 'doubtful',
    summary: summaryOf(ids.length, permissions.length, ending.kind === 'complete'),
    projects: named(organization, ids),
    more: ending.kind !== 'complete',
    age: `read ${ago(readAt, now)}`,
    notes: [...notes, ...beingRead],
  };
}

function summaryOf(projects: number, permissions: number, complete: boolean): string {
  if (permissions === 0) {
    return complete
      ? 'No permissions: not shared with any project'
      : 'No permission was read, but there may be some';
  }
  const plus = complete ? '' : '+';
  const have = projects === 1 && complete ? 'project has' : 'projects have';
  const by = projects === permissions ? '' : `, by ${permissions}${plus} permissions`;
  return `${projects}${plus} ${have} access${by}`;
}

/** By name where no other of them has it and it cannot be taken for an id, else with the id. */
function named(organization: Organization, ids: readonly string[]): string[] {
  const all = ids.map((id) => projectInWords(organization, id));
  const bearers = new Map<string, number>();
  for (const { label } of all) bearers.set(label, (bearers.get(label) ?? 0) + 1);
  return all.map(({ label, id, note }) => {
    const unclear = (bearers.get(label) ?? 0) > 1 || whyNotProject(label) === undefined;
    const more = [unclear ? id : '', note].filter(Boolean).join(', ');
    return more ? `${label} (${more})` : label;
  });
}

/** `1 permission`, `3 permissions`. */
export function counted(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
