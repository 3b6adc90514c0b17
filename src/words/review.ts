import type { NotReviewed } from '../access/evidence/review/finding';
import type { ProjectsDoubt, ProjectsStanding } from '../access/loading/projectsStanding';
import type { Doubt, Standing } from '../access/loading/standing';
import { ago } from '../text/dates';
import { metadata, sentences } from '../text/lists';
import { plural } from '../text/numbers';
import { explain, explainProjects, explanationInWords } from './errors';
import { explainOfProject } from './explain';
import {
  doubtsOrStateInWords,
  incompleteInWords,
  projectListStandingInWords,
  projectsDoubtInWords,
  projectsIncompleteInWords,
} from './standing';

// The review of access. Names and texts of the API are not escaped here: callers escape them.

/** What checkpoints and projects are called. */
export interface ReviewedNames {
  checkpoint(id: string): string;
  project(id: string): string;
}

/** What was not reviewed and why. `now` in milliseconds since 1970. */
export function notReviewedInWords(gap: NotReviewed, names: ReviewedNames, now: number): string {
  switch (gap.about) {
    case 'checkpoint':
      return checkpointGap(names.checkpoint(gap.checkpoint), gap.standing, now);
    case 'projects':
      return projectsGap(gap.standing, now);
    case 'owners':
      return ownersGap(gap.checkpoints);
    case 'usage':
      return usageGap(gap, now);
    case 'policies':
      return policiesGap(gap, names, now);
  }
}

function ownersGap(checkpoints: number): string {
  return plural(
    checkpoints,
    "Access of owners wasn't checked · the owner of 1 checkpoint is unknown and has access without a permission.",
    (count) =>
      `Access of owners wasn't checked · the owners of ${count} checkpoints are unknown and have access without a permission.`,
  );
}

function usageGap(gap: Extract<NotReviewed, { about: 'usage' }>, now: number): string {
  switch (gap.why) {
    case 'notLoaded':
      return "Unused access wasn't checked · usage data not loaded.";
    case 'old':
      return `Later usage wasn't checked · usage data loaded ${ago(gap.loadedAt, now)}.`;
    case 'unattributed':
      return "Unused access wasn't checked · the API reported usage without a project or model, or of another kind.";
    case 'failed':
      return sentences(
        "Unused access wasn't checked · usage data couldn't be loaded.",
        explanationInWords(explain(gap.error)),
      );
  }
}

function policiesGap(
  gap: Extract<NotReviewed, { about: 'policies' }>,
  names: Pick<ReviewedNames, 'project'>,
  now: number,
): string {
  switch (gap.why) {
    case 'notLoaded':
      return plural(
        gap.projects,
        "Whether access has an effect wasn't checked for 1 project · its model policy isn't loaded.",
        (projects) =>
          `Whether access has an effect wasn't checked for ${projects} projects · their model policies aren't loaded.`,
      );
    case 'old':
      return plural(
        gap.projects,
        `Later changes to the model policy of 1 project weren't checked · loaded ${ago(gap.loadedAt, now)}.`,
        (projects) =>
          `Later changes to the model policies of ${projects} projects weren't checked · the oldest was loaded ${ago(gap.loadedAt, now)}.`,
      );
    case 'failed':
      return sentences(
        `Whether access of ${names.project(gap.project)} has an effect wasn't checked · its model policy couldn't be loaded.`,
        explanationInWords(explainOfProject(gap.error)),
      );
  }
}

/** The effect of the most important doubt on the review. A new doubt does not compile until it has words. */
const doubtful: Readonly<Record<Doubt, (name: string) => string>> = {
  beforeYourChange: notChecked,
  refreshFailed: laterNotChecked,
  beforeYourRefresh: laterNotChecked,
  brokenOff: partlyChecked,
  moreToLoad: partlyChecked,
  old: laterNotChecked,
};

function notChecked(name: string): string {
  return `${name} wasn't checked`;
}

function laterNotChecked(name: string): string {
  return `Later changes to ${name} weren't checked`;
}

function partlyChecked(name: string): string {
  return `${name} was only partly checked`;
}

function checkpointGap(name: string, standing: Standing, now: number): string {
  const [first] = standing.doubts;
  const head = first ? doubtful[first](name) : notChecked(name);
  return sentences(
    `${metadata(head, ...doubtsOrStateInWords(standing, now))}.`,
    standing.brokenOff && incompleteInWords(standing.brokenOff),
    standing.failure && explanationInWords(explain(standing.failure.error)),
  );
}

const doubtfulProjects: Readonly<Record<ProjectsDoubt, string>> = {
  refreshFailed: "Later changes to projects weren't checked",
  beforeYourRefresh: "Later changes to projects weren't checked",
  incomplete: 'Archived projects and sharing with all projects were only partly checked',
  old: "Later changes to projects weren't checked",
};

function projectsGap(standing: ProjectsStanding, now: number): string {
  const [first] = standing.doubts;
  const head = first
    ? doubtfulProjects[first]
    : "Archived projects and sharing with all projects weren't checked";
  const clauses = first
    ? standing.doubts.map((doubt) => projectsDoubtInWords[doubt](standing, now))
    : [projectListStandingInWords(standing, now)];
  return sentences(
    `${metadata(head, ...clauses)}.`,
    standing.incomplete && projectsIncompleteInWords(standing.incomplete),
    standing.failure === undefined ? '' : explanationInWords(explainProjects(standing.failure)),
  );
}
