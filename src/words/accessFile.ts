import type { FileGrant } from '../access/accessFile/accessFile';
import type { LeftOutOfDraft } from '../access/accessFile/draftAccessFile';
import type { Drift } from '../access/accessFile/drift';
import type { NotOrganization } from '../access/accessFile/fileIds';
import type {
  BeyondFile,
  FileError,
  FileNotice,
  StepReason,
  UnmanagedCheckpoint,
  UnreadCheckpoint,
} from '../access/accessFile/planAccessFile';
import type {
  AccessFileProblem,
  ExpectedKind,
  FileObject,
  JSONKind,
  SyntaxFault,
} from '../access/accessFile/problems';
import type { Rail } from '../access/accessFile/rails';
import type { NotSavedPlan, Stale } from '../access/accessFile/savedPlan';
import type { NotCheckpoint } from '../access/ids/checkpointId';
import type { ProjectsStanding } from '../access/loading/projectsStanding';
import type { Organization } from '../access/organization';
import type { Step } from '../access/plan/plan';
import { ago, dayInWords } from '../text/dates';
import { listOf, metadata, sentences } from '../text/lists';
import { number, plural } from '../text/numbers';
import { escapeForMessage, pastedForMessage, visible } from '../text/plainText';
import { containsKey } from '../text/redact';
import { findingKindInWords } from './findings';
import { notCheckpointInWords, notProjectInWords } from './ids';
import { checkpointName, checkpointWithId, projectName, projectWithId } from './names';
import { obstacleInWords } from './plan';
import { projectListStandingInWords, standingInWords } from './standing';

// The access file. Texts of the file and of the API are escaped for messages. `now` is in milliseconds since 1970.

/** The lines of the comment at the beginning of a new file. */
export const draftComment = [
  'Which projects may use which fine-tuned models. Review changes to this file, then plan and apply them.',
  '“additive” keeps permissions that are not listed. “exact” revokes them.',
] as const;

/** The reason of access that was accepted into the file. `day`: `YYYY-MM-DD`. */
export function acceptedReason(day: string): string {
  return `Accepted on ${day}. Replace this with the reason.`;
}

/** A text of the file, or of a saved plan, in quotation marks. Never a key. */
function quoted(text: string): string {
  // An ID that only looks right would be refused without a reason that can be seen.
  return `“${pastedForMessage(containsKey(text) ? text : visible(text), 120)}”`;
}

const objects: Readonly<Record<FileObject, string>> = {
  file: 'The file',
  limits: '“limits”',
  checkpoint: 'A checkpoint',
  grant: 'Access of a project',
  acceptance: 'An accepted finding',
};

const expectedInWords: Readonly<Record<ExpectedKind, string>> = {
  object: 'an object in braces',
  array: 'a list in brackets',
  string: 'text in quotation marks',
  integer: 'a whole number',
};

const foundInWords: Readonly<Record<JSONKind, string>> = {
  object: 'an object',
  array: 'a list',
  string: 'text',
  number: 'a number',
  boolean: 'true or false',
  null: 'null',
};

const syntax: Readonly<Record<SyntaxFault, string>> = {
  invalidSymbol: "This isn't JSON. Check the quotation marks.",
  invalidNumber: "This isn't a number of JSON.",
  propertyNameExpected: 'A key in quotation marks is missing here.',
  valueExpected: 'A value is missing here.',
  colonExpected: 'A colon is missing here.',
  commaExpected: 'A comma is missing here.',
  closeBraceExpected: 'A closing brace is missing here.',
  closeBracketExpected: 'A closing bracket is missing here.',
  endOfFileExpected: 'The file must end here. Remove what follows.',
  unterminatedComment: "This comment isn't closed.",
  unterminatedString: 'A quotation mark is missing at the end of this text.',
  invalidCharacter: "This text has a character that JSON doesn't allow. Write it as an escape, such as \\t.",
  invalidEscape: "This text has an escape that JSON doesn't know.",
  empty: 'The file is empty. Use Create Access File… to begin with current access.',
};

const notOrganization: Readonly<Record<Exclude<NotOrganization, 'apiKey'>, string>> = {
  project: 'is a project',
  checkpoint: 'is a checkpoint',
  permission: 'is a permission',
  other: "isn't a name that the API gives to organizations",
};

/** A problem of a file, as whole sentences. */
export function problemInWords(problem: AccessFileProblem): string {
  switch (problem.kind) {
    case 'syntax':
      return syntax[problem.fault];
    case 'fileTooLong':
      return `The file is longer than ${number(problem.most)} characters. Split it, one file for each repository.`;
    case 'tooDeep':
      return `This is nested more than ${number(problem.most)} levels deep. Remove the inner brackets.`;
    case 'wrongType': {
      const { key, expected, found } = problem;
      const what = key === undefined ? 'This' : quoted(key);
      if (expected === 'integer' && found === 'number') return `${what} must be ${expectedInWords.integer}.`;
      return `${what} must be ${expectedInWords[expected]}, and is ${foundInWords[found]}.`;
    }
    case 'unknownKey': {
      const { key, of, known } = problem;
      return `${objects[of]} can't have the key ${quoted(key)}. Use ${listOf(known.map((each) => `“${each}”`))}.`;
    }
    case 'duplicateKey':
      return `The key ${quoted(problem.key)} is here twice. Remove this one or the one in line ${number(problem.firstLine)}.`;
    case 'duplicateCheckpoint':
      return `This checkpoint is in the file twice. Move its access to line ${number(problem.firstLine)}.`;
    case 'duplicateGrant':
      return `This project is in the list twice. Remove this one or the one in line ${number(problem.firstLine)}.`;
    case 'duplicateAcceptance':
      return `This finding is accepted twice. Remove this one or the one in line ${number(problem.firstLine)}.`;
    case 'missingKey':
      return problem.key === 'ownership'
        ? "A checkpoint must have “ownership”. Write “additive” to keep permissions that aren't listed, or “exact” to revoke them."
        : `${objects[problem.of]} must have ${quoted(problem.key)}.`;
    case 'wrongVersion':
      return `Version ${String(problem.found)} of the format is unknown. Write 1, or update the extension or the command-line tool.`;
    case 'notRemovals':
      return `“removals” must be a whole number from 0 to ${number(problem.most)}.`;
    case 'notOwnership':
      return `“ownership” can't be ${quoted(problem.text)}. Write “additive” to keep permissions that aren't listed, or “exact” to revoke them.`;
    case 'notFinding':
      return `${quoted(problem.text)} isn't a finding. Use ${listOf(problem.known.map((each) => `“${each}”`))}.`;
    case 'notOrganization':
      if (problem.why === 'apiKey') return keyInFile(problem.text);
      return `${quoted(problem.text)} ${notOrganization[problem.why]}. Write the organization as the API names it.`;
    case 'notCheckpoint':
      return notCheckpointInFile(problem.why, problem.text);
    case 'notProject':
      if (problem.why === 'apiKey') return keyInFile(problem.text);
      return notProjectInWords(problem.why, quoted(problem.text));
    case 'notDay':
      return problem.why === 'noSuchDay'
        ? `There is no day ${quoted(problem.text)}.`
        : `${quoted(problem.text)} isn't a day. Write it as year-month-day, such as 2027-01-14.`;
    case 'blank':
      return `${quoted(problem.key)} is empty. Write something, or remove it.`;
    case 'tooLong':
      return `${quoted(problem.key)} is longer than ${number(problem.most)} characters. Shorten it.`;
    case 'holdsKey':
      return `${quoted(problem.key)} contains an API key. ${revokeKey}`;
  }
}

const revokeKey = 'Remove it, then revoke the key, because others may have seen it.';

/** A key in the place of an ID. The file is for others to read. */
function keyInFile(text: string): string {
  return `${quoted(text)} looks like an API key. ${revokeKey}`;
}

function notCheckpointInFile(why: NotCheckpoint, text: string): string {
  switch (why) {
    case 'apiKey':
      return keyInFile(text);
    case 'project':
      return `${quoted(text)} is a project ID. Write the ID of a checkpoint, which starts with “ft:”.`;
    case 'permission':
      return `${quoted(text)} is a permission ID. Write the ID of its checkpoint, which starts with “ft:”.`;
    default:
      return notCheckpointInWords(why, quoted(text));
  }
}

/** A file is not valid. `shown`: so many problems of `total` are listed. */
export function problemsInWords(total: number, shown: number): string {
  const all = plural(
    total,
    'The access file has 1 problem, so nothing was planned.',
    (problems) => `The access file has ${problems} problems, so nothing was planned.`,
  );
  const listed = plural(shown, 'The first one is listed.', (count) => `The first ${count} are listed.`);
  return sentences(all, total > shown ? listed : undefined);
}

/** The organization whose projects and checkpoints are named. */
type InFile = Pick<Organization, 'projects' | 'catalog'>;

/** A project of the file: by what the API calls it, else by what the file does. */
function granteeInWords(
  organization: InFile,
  { project, name }: Pick<FileGrant, 'project' | 'name'>,
): string {
  if (organization.projects.nameOf(project) !== undefined || name === undefined)
    return projectWithId(organization, project);
  return `${escapeForMessage(name, 100)} (${escapeForMessage(project, 100)})`;
}

/** An error of the file, as whole sentences. */
export function fileErrorInWords(organization: Organization, error: FileError, now: number): string {
  const { checkpoint, grant } = error;
  const project = granteeInWords(organization, grant);
  const model = checkpointName(checkpoint, organization);
  switch (error.kind) {
    case 'reasonMissing':
      return `${project} doesn't have access to ${model} yet. Add a “reason”, which new access needs.`;
    case 'noSuchProject':
      return `The organization has no project ${project} (project list loaded ${ago(error.loadedAt, now)}). Correct the ID, or remove the project from ${model}.`;
    case 'obstacle':
      return error.obstacle.kind === 'owner'
        ? `${project} owns ${model}, so it always has access. Remove it from the file. The API refuses to grant it: “${ownerRefusal(grant.project)}”`
        : `${obstacleInWords(organization, error.obstacle, now)} Remove it from the file.`;
  }
}

/** What the API says of a grant to the owner (docs/api.md#the-owning-project-cannot-be-granted). */
function ownerRefusal(project: string): string {
  return `Cannot modify checkpoint permissions for the owning project: ${escapeForMessage(project, 100)}`;
}

/** What a person should know of the file, as a sentence. */
export function fileNoticeInWords(organization: InFile, notice: FileNotice): string {
  if (notice.kind === 'acceptanceEnded') {
    const { finding, checkpoint, project, until } = notice.acceptance;
    return `The finding “${findingKindInWords[finding]}” for ${projectWithId(organization, project)} and ${checkpointName(checkpoint, organization)} was accepted until ${dayInWords(until)}. It counts again.`;
  }
  const { checkpoint, grant } = notice;
  const project = granteeInWords(organization, grant);
  const model = checkpointName(checkpoint, organization);
  switch (notice.kind) {
    case 'otherName':
      return `The file calls this project “${escapeForMessage(grant.name ?? '', 100)}”, and the API calls it “${escapeForMessage(notice.live, 100)}”.`;
    case 'endsSoon':
      return notice.days === 0
        ? `Access of ${project} to ${model} ends today. From tomorrow on, a plan revokes it.`
        : plural(
            notice.days,
            `Access of ${project} to ${model} ends on ${dayInWords(notice.until)}, in 1 day.`,
            (days) =>
              `Access of ${project} to ${model} ends on ${dayInWords(notice.until)}, in ${days} days.`,
          );
    case 'endedAlready':
      return `Access of ${project} to ${model} ended on ${dayInWords(notice.until)}. Nothing is left to revoke, so you can remove it from the file.`;
  }
}

/** Why a plan makes a change, for a row: `TICK-12 · until Jan 14, 2027`. */
export function stepReasonInWords(reason: StepReason): string {
  if (reason.kind === 'notListed') return 'not in the file';
  const { reason: why, until } = reason.grant;
  const said = why === undefined ? '' : escapeForMessage(why, 300);
  if (until === undefined) return said;
  const day = dayInWords(until);
  return reason.kind === 'ended' ? metadata(`ended ${day}`, said) : metadata(said, `until ${day}`);
}

/** A change of a plan in one line, with its reason. */
export function plannedStepInWords(organization: InFile, step: Step, reason: StepReason | undefined): string {
  const project = projectWithId(organization, step.project);
  const change =
    step.action === 'grant'
      ? `Grant ${project}`
      : `Revoke ${project}, ${escapeForMessage(step.permissionId, 100)}`;
  return metadata(change, reason && stepReasonInWords(reason));
}

/** Access of the file that isn't in effect. */
export function missingInWords(organization: InFile, checkpoint: string, grant: FileGrant): string {
  return `${granteeInWords(organization, grant)} doesn't have access to ${checkpointName(checkpoint, organization)}, and the file grants it.`;
}

/** A permission that an exact list doesn't have. */
export function notListedInWords(organization: InFile, { checkpoint, project }: Step): string {
  return `${projectWithId(organization, project)} has access to ${checkpointName(checkpoint, organization)}, and the file doesn't grant it.`;
}

/** A permission whose last day is over. */
export function endedInWords(organization: InFile, { checkpoint, project }: Step, until: string): string {
  return `${projectWithId(organization, project)} still has access to ${checkpointName(checkpoint, organization)}, which the file ended on ${dayInWords(until)}.`;
}

/** Access beyond an additive list, which stays. */
export function beyondInWords(organization: InFile, { checkpoint, project }: BeyondFile): string {
  return `${projectWithId(organization, project)} has access to ${checkpointName(checkpoint, organization)}, which the file doesn't list. It stays, because the list is additive.`;
}

/** A checkpoint that the file doesn't manage. */
export function unmanagedInWords(organization: InFile, { checkpoint, count }: UnmanagedCheckpoint): string {
  const model = checkpointWithId(checkpoint, organization);
  if (count === undefined) return `${model} isn't in the file. Its permissions aren't loaded.`;
  if (count === 0) return `${model} isn't in the file. It has no permissions.`;
  return plural(
    count,
    `${model} isn't in the file. It has 1 permission.`,
    (permissions) => `${model} isn't in the file. It has ${permissions} permissions.`,
  );
}

/** A checkpoint for which nothing is planned, because its list isn't complete. */
export function unreadInWords(
  organization: InFile,
  { checkpoint, standing }: UnreadCheckpoint,
  now: number,
): string {
  const model = checkpointName(checkpoint, organization);
  return `Nothing is planned for ${model}: ${standingInWords(standing, now)}.`;
}

/** The list of projects isn't complete, so that the projects of the file could not be looked up. */
export function projectsUnreadInWords(standing: ProjectsStanding, now: number): string {
  return `The projects of the file couldn't be checked: ${projectListStandingInWords(standing, now)}.`;
}

/** The drift in one line. `isStrict`: access beyond the file and checkpoints that it doesn't manage count, too. */
export function driftSummary(drift: Drift, isStrict: boolean): string {
  const { differences, strictDifferences } = drift;
  const count = isStrict ? strictDifferences : differences;
  const others = isStrict ? 0 : strictDifferences - differences;
  const found =
    count === 0
      ? 'Access is as the file says.'
      : plural(
          count,
          'Access differs from the file in 1 place.',
          (places) => `Access differs from the file in ${places} places.`,
        );
  const beyond = plural(
    others,
    '1 more checkpoint or project is outside the file.',
    (more) => `${more} more checkpoints or projects are outside the file.`,
  );
  return sentences(found, others > 0 ? beyond : undefined);
}

/** When what is said of a file was loaded. */
export function liveAsOf(loadedAt: number | undefined, now: number): string {
  return loadedAt === undefined ? "Access isn't loaded yet." : `Access as of ${ago(loadedAt, now)}.`;
}

/** What is known of access that a file grants. `by` and `at`: who granted it, and when in milliseconds since 1970. */
export interface GrantFacts {
  readonly is: 'live' | 'notLive' | 'unknown';
  readonly by?: string;
  readonly at?: number;
  readonly until?: string;
  readonly isOver: boolean;
}

/** The line above access in a file: `Granted by ines@… 3 weeks ago · until Jan 14, 2027`. */
export function grantLens({ is, by, at, until, isOver }: GrantFacts, now: number): string {
  const end = until === undefined ? '' : isOver ? `ended ${dayInWords(until)}` : `until ${dayInWords(until)}`;
  if (is === 'unknown') return metadata("Access isn't loaded", end);
  if (is === 'notLive') return metadata(isOver ? 'Not granted' : 'Not granted yet', end);
  const when = at === undefined ? '' : ago(at, now);
  const who = by === undefined ? '' : `by ${escapeForMessage(by, 100)}`;
  return metadata(['Granted', who, when].filter(Boolean).join(' '), end);
}

/** The code lens that plans the file. */
export const planLens = 'Plan Access File';

/** Why a plan isn't applied, and what lifts it. */
export function railInWords(rail: Rail): string {
  switch (rail.kind) {
    case 'otherOrganization':
      return `The file is for the organization ${quoted(rail.file)}, and the key is of ${quoted(rail.live)}. No change was sent. Use a key of that organization, or correct the file.`;
    case 'tooManyRemovals': {
      const { removals, limit, allowed } = rail;
      const revokes = plural(
        removals,
        'The plan revokes 1 permission',
        (permissions) => `The plan revokes ${permissions} permissions`,
      );
      const most = limit === 0 ? 'the file allows none' : `the file allows at most ${number(limit)}`;
      return sentences(
        `${revokes}, and ${most}. No change was sent.`,
        allowed === undefined
          ? `Allow exactly ${number(removals)} removals for this run, or raise “removals” in the file.`
          : `You allowed ${number(allowed)}. The number must be exactly ${number(removals)}.`,
      );
    }
    case 'ofEarlierSession':
      return 'The plan was made from lists of an earlier session. No change was sent. Plan again.';
  }
}

/** The server doesn't say which organization the key is of. */
/** `name`: as the API names the organization. */
export function organizationNotForFile(name: string): string {
  return `The API names the organization ${quoted(name)}, which no access file can say. No file was created.`;
}

export const organizationUnknown =
  "The API doesn't name the organization of the key, so the file's organization couldn't be checked.";

const notSavedPlan: Readonly<Record<NotSavedPlan, string>> = {
  tooLong: 'The plan file is too long to be one of ours.',
  notJSON: "The plan file isn't JSON.",
  notAPlan: "This file isn't a saved plan.",
  version: 'The plan was saved by another version. Plan again with this one.',
  damaged: 'The plan file was changed or damaged. No change was sent. Plan again.',
};

export function notSavedPlanInWords(problem: NotSavedPlan): string {
  return notSavedPlan[problem];
}

const stale: Readonly<Record<Stale, string>> = {
  organization: 'The plan is for another organization. No change was sent.',
  file: 'The access file changed after the plan was saved. No change was sent. Plan again.',
  live: 'Access changed after the plan was saved. No change was sent. Plan again.',
  changes: 'The plan would make other changes today. No change was sent. Plan again.',
};

export function staleInWords(why: Stale): string {
  return stale[why];
}

/** What a new file doesn't have. */
export function leftOutInWords(organization: InFile, left: LeftOutOfDraft, now: number): string {
  const model = checkpointWithId(left.checkpoint, organization);
  switch (left.why) {
    case 'notComplete':
      return `Skipped ${model}: ${standingInWords(left.standing, now) || 'list of an earlier session'}.`;
    case 'id':
      return left.project === undefined
        ? `Skipped ${model}: its ID has characters that the file can't have.`
        : `Skipped ${projectName(organization, left.project)} for ${model}: its ID has characters that the file can't have.`;
    case 'room':
      return `Skipped ${model}: the file would be too long.`;
  }
}

/** What was written into a new file. */
export function draftInWords(checkpoints: number, grants: number, skipped: number): string {
  const models = plural(
    checkpoints,
    'The file has 1 checkpoint',
    (count) => `The file has ${count} checkpoints`,
  );
  const access =
    grants === 0
      ? ', and lists no access'
      : plural(grants, ' and access of 1 project', (count) => ` and access of projects in ${count} places`);
  const rest = plural(skipped, '1 item was skipped.', (count) => `${count} items were skipped.`);
  return sentences(`${models}${access}.`, skipped > 0 ? rest : undefined);
}
