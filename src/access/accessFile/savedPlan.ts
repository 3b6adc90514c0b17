import { createHash } from 'node:crypto';
import { isoMoment } from '../../text/dates';
import { isDay } from '../evidence/review/accepted';
import { keyOf, type Step } from '../plan/plan';
import { whyNotCheckpointInFile, whyNotOrganization, whyNotProjectInFile } from './fileIds';
import type { FilePlan } from './planAccessFile';

/** The longest text of a saved plan, in UTF-16 units. */
export const longestSavedPlan = 8 * 1024 * 1024;
const longestSavedId = 1000;

/** A plan in a file: reviewed now, applied later, and only if nothing has changed by then. */
export interface SavedPlan {
  readonly organization: string;
  /** `2026-11-28T14:05:09Z`. */
  readonly createdAt: string;
  /** The day that decided what `until` has ended, `YYYY-MM-DD` in UTC. */
  readonly day: string;
  /** SHA-256 of the text of the file, and of the lists that the plan was made from. In hexadecimal digits. */
  readonly file: string;
  readonly live: string;
  /** With the IDs of permissions. */
  readonly steps: readonly Step[];
}

/** Why a text is no saved plan. `version`: of another version of this format. */
export type NotSavedPlan = 'tooLong' | 'notJSON' | 'notAPlan' | 'version' | 'damaged';

/** Why a saved plan is refused: what has changed since it was made. */
export type Stale = 'organization' | 'file' | 'live' | 'changes';

/** What a saved plan is made from. `fileText`: from which the file of the plan was parsed. */
export interface Planned {
  readonly fileText: string;
  readonly plan: FilePlan;
}

const format = 'checkpoint-access-plan';

/** A plan as the text of a file. `now` in milliseconds since 1970. */
export function savePlan(planned: Planned, now: number): string {
  const { plan } = planned;
  const changes = plan.checked.plan.steps.map((step) => {
    const reason = plan.reasons.get(keyOf(step));
    const grant = reason && reason.kind !== 'notListed' ? reason.grant : undefined;
    return {
      ...step,
      why: reason?.kind,
      ...(grant?.reason !== undefined && { reason: grant.reason }),
      ...(grant?.until !== undefined && { until: grant.until }),
    };
  });
  const { file, live } = digestsOf(planned);
  const saved = {
    format,
    version: 1,
    organization: plan.file.organization,
    createdAt: isoMoment(now),
    day: plan.today,
    file,
    live,
    changes,
  };
  return `${JSON.stringify(saved, undefined, 2)}\n`;
}

/** Reads a saved plan strictly: one that is damaged anywhere is none. */
export function readSavedPlan(
  text: string,
): { readonly saved: SavedPlan } | { readonly problem: NotSavedPlan } {
  if (text.length > longestSavedPlan) return { problem: 'tooLong' };
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { problem: 'notJSON' };
  }
  const fields = fieldsIn(json);
  if (fields?.format !== format) return { problem: 'notAPlan' };
  if (fields.version !== 1) return { problem: 'version' };
  const { organization, createdAt, day, file, live, changes } = fields;
  const isWhole =
    typeof organization === 'string' &&
    !whyNotOrganization(organization) &&
    typeof createdAt === 'string' &&
    /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(createdAt) &&
    !Number.isNaN(Date.parse(createdAt)) &&
    typeof day === 'string' &&
    isDay(day) &&
    isDigest(file) &&
    isDigest(live) &&
    Array.isArray(changes);
  if (!isWhole) return { problem: 'damaged' };
  const steps = changes.map(stepIn);
  const whole = steps.filter((step) => step !== undefined);
  const isUnique = new Set(whole.map(keyOf)).size === steps.length;
  if (!isUnique || whole.length !== steps.length) return { problem: 'damaged' };
  return { saved: { organization, createdAt, day, file, live, steps: whole } };
}

/**
 * Whether a saved plan is still what would be planned now. Undefined if it is; else what has changed. `planned`: the same
 * made again, from lists that were loaded for it.
 */
export function whyStale(saved: SavedPlan, planned: Planned): Stale | undefined {
  const { plan } = planned;
  const { file, live } = digestsOf(planned);
  if (saved.organization !== plan.file.organization || plan.organization.is === 'other')
    return 'organization';
  if (saved.file !== file) return 'file';
  if (saved.live !== live) return 'live';
  const { steps } = plan.checked.plan;
  const keys = new Set(saved.steps.map(keyOf));
  return keys.size === steps.length && steps.every((step) => keys.has(keyOf(step))) ? undefined : 'changes';
}

/** What a plan was made from: the text of its file, and the permissions of each checkpoint, whatever their order. */
function digestsOf({ fileText, plan }: Planned): { readonly file: string; readonly live: string } {
  const live = createHash('sha256');
  const basis = [...(plan.checked.plan.basis ?? [])].sort(([one], [other]) => (one < other ? -1 : 1));
  for (const [checkpoint, { listing }] of basis) {
    const permissions = (listing?.permissions ?? []).map(({ id, project_id }) =>
      JSON.stringify([id, project_id]),
    );
    live.update(`${JSON.stringify([checkpoint, permissions.sort()])}\n`);
  }
  return { file: createHash('sha256').update(fileText).digest('hex'), live: live.digest('hex') };
}

function stepIn(value: unknown): Step | undefined {
  const { action, checkpoint, project, permissionId, createdAt } = fieldsIn(value) ?? {};
  if (typeof checkpoint !== 'string' || whyNotCheckpointInFile(checkpoint)) return undefined;
  if (typeof project !== 'string') return undefined;
  if (action === 'grant') return whyNotProjectInFile(project) ? undefined : { action, checkpoint, project };
  // A revoke names a permission, whatever the server calls its project.
  if (action !== 'revoke' || typeof permissionId !== 'string' || permissionId === '') return undefined;
  if (Math.max(permissionId.length, project.length) > longestSavedId) return undefined;
  if (createdAt !== undefined && !Number.isFinite(createdAt)) return undefined;
  return {
    action,
    checkpoint,
    project,
    permissionId,
    ...(typeof createdAt === 'number' && { createdAt }),
  };
}

function isDigest(value: unknown): value is string {
  return typeof value === 'string' && /^[0-9a-f]{64}$/.test(value);
}

function fieldsIn(value: unknown): Readonly<Record<string, unknown>> | undefined {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isObject ? (value as Record<string, unknown>) : undefined;
}
