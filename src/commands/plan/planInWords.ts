import type { Organization } from '../../access/organization';
import { costOf, minutesAtSlowest } from '../../access/plan/cost';
import type { Obstacle } from '../../access/plan/obstacles';
import { checkpointsOf, type Plan, type Step } from '../../access/plan/plan';
import { ago } from '../../text/dates';
import { escapeForMessage } from '../../text/plainText';
import { checkpointName, checkpointNames, count, projectName, projectWithId } from '../../words/names';
import { fitting, linesOf } from './dialogLayout';

/** How many steps are named in a dialog where there is room for all of them; the rest is a number. */
const mostNamed = 15;
const mostCheckpoints = 5;
/** Lines that a checkpoint takes with one of its steps. */
const checkpointLines = 5;
const mostObstacles = 6;
/** Lines of a dialog that a list of obstacles may take. */
const obstacleLines = 6;

/** What pressing the button does: a plan that does both is applied. */
export function verbOf({ steps }: Plan): 'Grant' | 'Revoke' | 'Apply' {
  if (steps.every(({ action }) => action === 'grant')) return 'Grant';
  return steps.every(({ action }) => action === 'revoke') ? 'Revoke' : 'Apply';
}

/** A plan in one line, such as `Grant 2 projects access to support-bot`. */
export function planInShort(plan: Plan): string {
  const where = checkpointNames(checkpointsOf(plan));
  const grants = plan.steps.filter(({ action }) => action === 'grant');
  const revokes = plan.steps.length - grants.length;
  if (revokes === 0) {
    return `Grant ${count(new Set(grants.map(({ project }) => project)).size, 'project')} access to ${where}`;
  }
  if (grants.length === 0) return `Revoke ${count(revokes, 'permission')} for ${where}`;
  return `Grant ${count(grants.length, 'permission')} and revoke ${revokes} for ${where}`;
}

/** The steps of a plan, a paragraph for each checkpoint: as many as there is room for, in lines of a dialog. */
export function stepsInWords(organization: Organization, plan: Plan, room: number): string[] {
  const checkpoints = checkpointsOf(plan);
  const named = checkpoints.slice(
    0,
    Math.max(1, Math.min(mostCheckpoints, Math.floor(room / checkpointLines))),
  );
  const each = Math.max(1, Math.floor(mostNamed / named.length));
  const rest = checkpoints.length - named.length;
  return [
    ...named.map((checkpoint) => stepsOf(organization, plan, checkpoint, each, room / named.length)),
    ...(rest > 0 ? [`… and ${count(rest, 'more checkpoint')}`] : []),
  ];
}

function stepsOf(
  organization: Organization,
  plan: Plan,
  checkpoint: string,
  most: number,
  room: number,
): string {
  const verb = verbOf(plan) === 'Apply';
  const steps = plan.steps.filter((step) => step.checkpoint === checkpoint);
  const title = escapeForMessage(checkpoint);
  const named = steps.slice(0, most).map((step) => {
    const words = stepInWords(organization, step);
    return verb ? `• ${step.action} ${words}` : `• ${words}`;
  });
  // Below the title, and above the blank line.
  const { shown } = fitting(named, most, room - linesOf(title) - 1);
  const rest = steps.length - shown.length;
  const what = verb ? 'more step' : 'more project';
  return [title, ...shown, ...(rest > 0 ? [`… and ${count(rest, what)}`] : [])].join('\n');
}

/** Whom a step concerns: the project, and the permission that is revoked. */
export function stepInWords(organization: Organization, step: Step): string {
  const project = projectWithId(organization, step.project);
  return step.action === 'grant' ? project : `${project}, ${escapeForMessage(step.permissionId, 100)}`;
}

/** What is left out and why; empty when nothing is. */
export function leftOutInWords(organization: Organization, impossible: readonly Obstacle[]): string[] {
  return impossible.length === 0 ? [] : [list('Left out:', organization, impossible)];
}

/** What is worth a second look; empty when nothing is. */
export function notesInWords(organization: Organization, notes: readonly Obstacle[]): string[] {
  return notes.length === 0 ? [] : [list('Please note:', organization, notes)];
}

function list(title: string, organization: Organization, obstacles: readonly Obstacle[]): string {
  const lines = [...new Set(obstacles.map((obstacle) => obstacleInWords(organization, obstacle)))];
  const { shown, rest } = fitting(lines, mostObstacles, obstacleLines);
  const more = rest > 0 ? [`… and ${rest} more`] : [];
  return [title, ...shown.map((line) => `• ${line}`), ...more].join('\n');
}

export function obstacleInWords(organization: Organization, { step, kind, why, asOf }: Obstacle): string {
  const subject =
    kind === 'scope' ? checkpointName(step.checkpoint) : projectName(organization, step.project);
  const age = asOf === undefined ? '' : ` (as read ${ago(asOf, organization.permissions.now())})`;
  return `${subject} ${escapeForMessage(why)}${age}.`;
}

/** What a plan costs, such as `Takes 3 requests and 1 read back: about 1 minute at the slowest rate seen.` */
export function costInWords({ permissions }: Organization, plan: Plan): string {
  const known = (checkpoint: string): number =>
    permissions.snapshot(checkpoint).listing?.permissions.length ?? 0;
  const { changes, readBacks } = costOf(plan, known);
  return `Takes ${count(changes, 'request')} and ${readBacks} read back: ${aboutHowLong(changes + readBacks)}.`;
}

/** `about 2 minutes at the slowest rate seen`. */
export function aboutHowLong(requests: number): string {
  return `about ${count(minutesAtSlowest(requests), 'minute')} at the slowest rate seen`;
}

/** Requests a minute that the API was seen to allow (docs/api.md#rate-limits-may-be-as-low-as-7-requests-a-minute). */
const seldom = 7;
const often = 10;

/** What so many requests cost: `At least 9 requests, about 1 to 2 minutes at the 7 to 10 a minute that the API was seen to allow`. */
export function requestsInWords(least: number): string {
  const requests = `At least ${count(least, 'request')}`;
  if (least <= seldom) return requests;
  const [from, to] = [Math.ceil(least / often), Math.ceil(least / seldom)];
  const minutes = from === to ? count(from, 'minute') : `${from} to ${to} minutes`;
  return `${requests}, about ${minutes} at the ${seldom} to ${often} a minute that the API was seen to allow`;
}
