import type { Organization } from '../../access/organization';
import { costOf } from '../../access/plan/cost';
import type { CheckedPlan, Obstacle } from '../../access/plan/obstacles';
import { checkpointsOf, type Plan, planKind } from '../../access/plan/plan';
import { escapeForMessage } from '../../text/plainText';
import * as words from '../../words/plan';
import { fitLines, linesOf, visibleLines } from './dialogLayout';

/** Maximum number of changes that a dialog names; the others are counted. */
const mostNamed = 15;
const mostCheckpoints = 5;
/** Lines of a checkpoint with one change. */
const checkpointLines = 5;
const mostObstacles = 6;
/** Maximum lines of a list of obstacles. */
const obstacleLines = 6;

/**
 * The text below the question of a plan, cut to the lines of a dialog: changes, skipped changes with reasons, warnings,
 * notes, and cost.
 *
 * @param chosen the changes of the checked plan that are still selected
 */
export function planDetail(
  organization: Organization,
  { plan, impossible, warnings }: CheckedPlan,
  chosen: Plan,
  notes: readonly string[],
): string {
  const cleared = plan.steps.length - chosen.steps.length;
  const known = (checkpoint: string): number =>
    organization.permissions.snapshot(checkpoint).listing?.permissions.length ?? 0;
  const chosenSteps = new Set(chosen.steps);
  const suspicious = warnings.filter(({ step }) => chosenSteps.has(step));
  const below = [
    ...(cleared > 0 ? [words.notSelected(cleared)] : []),
    ...listed(words.impossibleTitle, organization, impossible),
    ...listed(words.warningsTitle, organization, suspicious),
    ...notes,
    ...(chosen.steps.length > 0 ? [words.costInWords(costOf(chosen, known))] : []),
  ];
  // A blank line stands above each paragraph.
  const room = visibleLines - below.reduce((sum, paragraph) => sum + linesOf(paragraph) + 1, 0);
  return [...changes(organization, chosen, room), ...below].join('\n\n');
}

/** The changes of a plan, one paragraph a checkpoint. `room` is in lines of a dialog. */
function changes(organization: Organization, plan: Plan, room: number): string[] {
  const checkpoints = checkpointsOf(plan);
  const named = checkpoints.slice(
    0,
    Math.max(1, Math.min(mostCheckpoints, Math.floor(room / checkpointLines))),
  );
  const each = Math.max(1, Math.floor(mostNamed / named.length));
  const rest = checkpoints.length - named.length;
  return [
    ...named.map((checkpoint) => changesOf(organization, plan, checkpoint, each, room / named.length)),
    ...(rest > 0 ? [words.moreCheckpoints(rest)] : []),
  ];
}

function changesOf(
  organization: Organization,
  plan: Plan,
  checkpoint: string,
  most: number,
  room: number,
): string {
  const isMixed = planKind(plan) === 'mixed';
  const inWords = isMixed ? words.changeWithVerb : words.changeInWords;
  const steps = plan.steps.filter((step) => step.checkpoint === checkpoint);
  const title = escapeForMessage(checkpoint);
  const named = steps.slice(0, most).map((step) => `• ${inWords(organization, step)}`);
  // One line is for the title, one for the blank line.
  const { shown } = fitLines(named, most, room - linesOf(title) - 1);
  const rest = steps.length - shown.length;
  const more = isMixed ? words.moreChanges : words.moreProjects;
  return [title, ...shown, ...(rest > 0 ? [more(rest)] : [])].join('\n');
}

function listed(title: string, organization: Organization, obstacles: readonly Obstacle[]): string[] {
  if (obstacles.length === 0) return [];
  const now = organization.permissions.now();
  const lines = [...new Set(obstacles.map((obstacle) => words.obstacleInWords(organization, obstacle, now)))];
  const { shown, rest } = fitLines(lines, mostObstacles, obstacleLines);
  const more = rest > 0 ? [words.moreReasons(rest)] : [];
  return [[title, ...shown.map((line) => `• ${line}`), ...more].join('\n')];
}
