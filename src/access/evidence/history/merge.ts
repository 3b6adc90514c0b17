import type { AuditLog } from '../../../openai';
import { actorOf } from './actor';
import type { Change } from './change';
import type { Origins } from './origins';

/** By how much this computer's clock may differ from the log's, in milliseconds. */
const clockSlack = 5 * 60_000;

/** What the log's grants tell of permissions. */
export function learnFromLog(origins: Origins, events: readonly AuditLog[]): void {
  for (const event of events) {
    const { id, data } = event['checkpoint.permission.created'] ?? {};
    const { project_id: project, fine_tuned_model_checkpoint: checkpoint } = data ?? {};
    if (id && project && checkpoint) origins.learn(id, { project, checkpoint }, 'earlierEvent');
  }
}

/**
 * The log's events and what this computer did as one list, the newest first. What both tell of the same permission is
 * one change, with the log's time and actor. A revoke of which the log tells only the permission's id
 * (docs/api.md#audit-log) is completed by what is known of that.
 */
export function mergeChanges(
  events: readonly AuditLog[],
  own: readonly Change[],
  origins: Pick<Origins, 'get'>,
): Change[] {
  const rest = new Set(own);
  const byPermission = new Map<string, Change>();
  for (const change of own) {
    if (change.permission) byPermission.set(`${change.action} ${change.permission}`, change);
  }
  const logged = events.flatMap((event): Change[] => {
    const change = changeOf(event, origins);
    if (!change) return [];
    const own = byPermission.get(`${change.action} ${change.permission}`);
    const same = own && isSame(own, change) ? own : findClosest(rest, change);
    if (!same) return [change];
    rest.delete(same);
    const { project, checkpoint, projectName, own: part } = same;
    return [
      {
        ...change,
        ...(change.project === undefined && { project, checkpoint, origin: 'journal' as const }),
        ...(projectName && { projectName }),
        ...(part && { own: part }),
      } as Change,
    ];
  });
  return [...logged, ...rest].sort((one, other) => other.at - one.at);
}

function changeOf(event: AuditLog, origins: Pick<Origins, 'get'>): Change | undefined {
  const granted = event['checkpoint.permission.created'];
  const isGrant = event.type === 'checkpoint.permission.created';
  if (!isGrant && event.type !== 'checkpoint.permission.deleted') return undefined;
  const permission = isGrant ? granted?.id : event['checkpoint.permission.deleted']?.id;
  const actor = actorOf(event.actor);
  const { project_id: project, fine_tuned_model_checkpoint: checkpoint } = granted?.data ?? {};
  const told =
    isGrant && project && checkpoint ? { project, checkpoint, origin: 'event' as const } : undefined;
  const known = told ?? (permission ? origins.get(permission) : undefined);
  return {
    id: `log/${event.id}`,
    at: event.effective_at * 1000,
    action: isGrant ? 'granted' : 'revoked',
    ...(permission && { permission }),
    ...(known && { project: known.project, checkpoint: known.checkpoint, origin: known.origin }),
    logged: { event: event.id, ...(actor && { actor }) },
  };
}

/** Whether the log's change is this computer's. One whose answer was lost may have failed, and be another's much later. */
function isSame(own: Change, change: Change): boolean {
  return own.own?.certainty !== 'unknown' || Math.abs(own.at - change.at) <= clockSlack;
}

/** A grant of this computer whose permission's id was never learnt: the one for the same two that is closest in time. */
function findClosest(own: ReadonlySet<Change>, change: Change): Change | undefined {
  let found: Change | undefined;
  for (const each of own) {
    if (each.permission || each.action !== change.action || each.project !== change.project) continue;
    if (each.checkpoint !== change.checkpoint || Math.abs(each.at - change.at) > clockSlack) continue;
    if (!found || Math.abs(each.at - change.at) < Math.abs(found.at - change.at)) found = each;
  }
  return found;
}
