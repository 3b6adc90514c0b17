import type { AuditLog } from '../../../openai';
import { isPause, type Steps } from '../../slices';
import { actorOf } from './actor';
import type { Change } from './change';
import type { Origins } from './origins';

/** The maximum difference, in milliseconds, between this computer's clock and the log's. */
const clockSlack = 5 * 60_000;

/** Learns the project and checkpoint of permissions from the grants in the log. */
export function* learnFromLog(origins: Origins, events: readonly AuditLog[]): Steps<void> {
  for (const [index, event] of events.entries()) {
    if (isPause(index)) yield;
    const { id, data } = event['checkpoint.permission.created'] ?? {};
    const { project_id: project, fine_tuned_model_checkpoint: checkpoint } = data ?? {};
    if (id && project && checkpoint) origins.learn(id, { project, checkpoint }, 'earlierEvent');
  }
}

/**
 * Merges the events of the log with the changes of this computer, newest first. Two records of one permission become
 * one change, with the time and actor of the log. The log has only the permission ID of a revoke
 * (docs/api.md#audit-log), so project and checkpoint are filled in from `origins`. In steps, because there may be
 * thousands.
 */
export function* mergeChanges(
  events: readonly AuditLog[],
  own: readonly Change[],
  origins: Pick<Origins, 'get'>,
): Steps<Change[]> {
  const unmatched = new Set(own);
  const withoutId = new Map<string, Set<Change>>();
  const byPermission = new Map<string, Change>();
  for (const [index, change] of own.entries()) {
    if (isPause(index)) yield;
    if (!change.permission) {
      const alike = withoutId.get(nameOf(change));
      if (alike) alike.add(change);
      else withoutId.set(nameOf(change), new Set([change]));
      continue;
    }
    const name = `${change.action} ${change.permission}`;
    const later = byPermission.get(name);
    // Of several requests for one permission, one whose response was lost proves least. The latest comes first.
    if (!later || later.own?.certainty === 'unknown') byPermission.set(name, change);
  }
  /** A change of the log, with what this computer knows of it. */
  const completed = (change: Change): Change => {
    // Most organizations have a long log and few changes of this computer.
    if (unmatched.size === 0) return change;
    const own = byPermission.get(`${change.action} ${change.permission}`);
    const same = own && isSame(own, change) ? own : findClosest(withoutId.get(nameOf(change)), change);
    if (!same) return change;
    unmatched.delete(same);
    withoutId.get(nameOf(same))?.delete(same);
    const { project, checkpoint, projectName, own: part } = same;
    return {
      ...change,
      ...(change.project === undefined && { project, checkpoint, origin: 'journal' as const }),
      ...(projectName && { projectName }),
      ...(part && { own: part }),
    } as Change;
  };
  const logged: Change[] = [];
  for (const [index, event] of events.entries()) {
    if (isPause(index)) yield;
    const change = changeOf(event, origins);
    if (change) logged.push(completed(change));
  }
  return [...logged, ...unmatched].sort((one, other) => other.at - one.at);
}

function changeOf(event: AuditLog, origins: Pick<Origins, 'get'>): Change | undefined {
  const granted = event['checkpoint.permission.created'];
  const isGrant = event.type === 'checkpoint.permission.created';
  if (!isGrant && event.type !== 'checkpoint.permission.deleted') return undefined;
  const permission = isGrant ? granted?.id : event['checkpoint.permission.deleted']?.id;
  const actor = actorOf(event.actor);
  const { project_id: project, fine_tuned_model_checkpoint: checkpoint } = granted?.data ?? {};
  const fromEvent =
    isGrant && project && checkpoint ? { project, checkpoint, origin: 'event' as const } : undefined;
  const known = fromEvent ?? (permission ? origins.get(permission) : undefined);
  return {
    id: `log/${event.id}`,
    at: event.effective_at * 1000,
    action: isGrant ? 'granted' : 'revoked',
    ...(permission && { permission }),
    ...(known && { project: known.project, checkpoint: known.checkpoint, origin: known.origin }),
    logged: { event: event.id, ...(actor && { actor }) },
  };
}

/**
 * Whether a logged change is this computer's. A change whose response was lost may have failed, so a much later event
 * may be of someone else.
 */
function isSame(own: Change, change: Change): boolean {
  return own.own?.certainty !== 'unknown' || Math.abs(own.at - change.at) <= clockSlack;
}

/** What a change is about: the same for the two records of one. */
function nameOf({ action, project, checkpoint }: Change): string {
  return JSON.stringify([action, project, checkpoint]);
}

/** Finds the change closest in time, among those of this computer that are about the same and have no permission ID. */
function findClosest(alike: ReadonlySet<Change> = new Set(), change: Change): Change | undefined {
  let found: Change | undefined;
  for (const each of alike) {
    if (Math.abs(each.at - change.at) > clockSlack) continue;
    if (!found || Math.abs(each.at - change.at) < Math.abs(found.at - change.at)) found = each;
  }
  return found;
}
