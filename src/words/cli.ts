import type { NotLoadedForFile } from '../access/accessFile/loadForAccessFile';
import type { AccessFileProblem } from '../access/accessFile/problems';
import type { SourceReport } from '../access/discovery/discover';
import { type FailureFacts, type FailureKind, factsOf } from '../access/failures';
import type { Organization } from '../access/organization';
import type { ApplyProgress } from '../access/plan/apply';
import type { Meanwhile } from '../access/plan/meanwhile';
import type { Outcome } from '../access/plan/outcome';
import type { Step } from '../access/plan/plan';
import type { RequestReport } from '../openai';
import { listOf, metadata, sentences } from '../text/lists';
import { number, plural } from '../text/numbers';
import { escapeForMessage, pastedForMessage } from '../text/plainText';
import { problemInWords } from './accessFile';
import { cliName } from './cliHelp';
import { sourceInWords } from './discovery';
import {
  baseURLProblemInWords,
  type Explanation,
  explain,
  explainProjects,
  explanationInWords,
} from './errors';
import { firstProjects, projectName } from './names';

// What the command-line tool says. Texts of the file, the API, and the command line are escaped. `now` is in milliseconds
// since 1970.

/** A failed request as a paragraph. What to do is about options and variables: there are no settings and no buttons. */
export function explainInTerminal(error: unknown): string {
  return escapeForMessage(explanationInWords(inTerminal(error, explain(error))), 800);
}

/** A failure to list the projects. */
export function explainProjectsInTerminal(error: unknown): string {
  const explained = inTerminal(error, explainProjects(error));
  const next = projectsNext[factsOf(error).kind] ?? explained.next;
  return escapeForMessage(explanationInWords({ ...explained, next }), 800);
}

const ownScope = 'Use a key that may list projects, which needs the scope api.management.read.';

/** What to do about the list of projects. */
const projectsNext: { readonly [K in FailureKind]?: string } = {
  badRequest: 'Use --verbose for details.',
  forbidden: ownScope,
  missingScopes: ownScope,
  notFound: 'Check --base-url. A gateway may leave this list out.',
};

function inTerminal(error: unknown, explained: Explanation): Explanation {
  const facts = factsOf(error);
  const own = ownNext[facts.kind] as ((facts: FailureFacts) => Partial<Explanation>) | undefined;
  return { ...explained, ...own?.(facts) };
}

/** What to do about failures whose other words name a control of the editor. */
const ownNext: {
  readonly [K in FailureKind]?: (facts: FailureFacts & { readonly kind: K }) => Partial<Explanation>;
} = {
  canceled: () => ({ next: 'Run the command again.' }),
  notListedYet: () => ({ next: 'Lists may lag behind changes. Run plan in a minute to check.' }),
  notDeleted: () => ({ next: 'Run plan to check again.' }),
  connection: ({ of }) => ({ next: connectionNext[of] ?? connectionNext.other }),
  notFromTheAPI: () => ({
    next: 'Check --base-url and your network. A proxy, gateway, or sign-in page may have responded instead.',
  }),
  incompleteList: () => ({ next: 'Run the command again.' }),
  unauthorized: () => ({ next: 'Set OPENAI_ADMIN_KEY to a valid admin API key of this organization.' }),
  forbidden: () => ({
    next: 'Ask an organization owner, or use a key of the organization that owns the model.',
  }),
  conflict: () => ({ next: 'Run the command again.' }),
  otherRefusal: () => ({ next: 'Use --verbose for details.' }),
  insecureBaseURL: ({ reason }) => ({ next: baseURLProblemInWords(reason) }),
  notSent: ({ reason }) => {
    if (reason === 'invalidKey')
      return {
        what: "OPENAI_ADMIN_KEY isn't a valid key",
        next: 'Set it to an admin API key, without spaces.',
      };
    if (reason === 'transportMissing')
      return { what: "Part of the tool couldn't be loaded", next: 'Install the package again.' };
    return reason === 'clientClosed'
      ? { what: 'The tool ended before the request was sent', next: 'Run the command again.' }
      : {};
  },
  unknown: () => ({
    what: 'Something went wrong in the tool',
    next: 'Try again. If it keeps happening, report it.',
  }),
};

const checkProxy = 'Check --base-url and the variables HTTPS_PROXY, HTTP_PROXY, and NO_PROXY.';

const connectionNext: Readonly<Record<string, string>> & { readonly other: string } = {
  notLoopback:
    'Use http://127.0.0.1 in --base-url, or correct localhost in the hosts file. Nothing was sent.',
  timeout: 'Try again later.',
  reset: 'Check your network connection, then try again.',
  certificate: "Set NODE_EXTRA_CA_CERTS to your network's certificate authority.",
  proxy: 'Check the variables HTTPS_PROXY and HTTP_PROXY.',
  proxyAuth: 'Add them to HTTPS_PROXY, as http://user:password@host:port.',
  other: checkProxy,
};

/** What is wrong with a command line. Texts of it are escaped, and are never keys. */
export const usage = {
  unknownCommand: (name: string) => `There is no command ${typed(name)}.`,
  unknownOption: (name: string) => `There is no option ${typed(name)}.`,
  notForCommand: (option: string, verb: string) => `${verb} has no option ${typed(option)}.`,
  valueMissing: (option: string) => `${typed(option)} needs a value.`,
  noValue: (option: string) => `${typed(option)} takes no value.`,
  unexpected: (argument: string) => `${typed(argument)} isn't expected here.`,
  notFormat: (given: string) =>
    `${typed(given)} isn't a format. Use text, json, markdown, or github with --format.`,
  notNumber: (given: string) =>
    `${typed(given)} isn't a number of removals. Use a whole number with --allow-removals.`,
  notCheckpoint: (given: string) => `${typed(given)} isn't the ID of a fine-tuned model checkpoint.`,
  notOrganization: (given: string) => `${typed(given)} isn't a name that the API gives to organizations.`,
  yesMissing: (verb: string) => `${verb} changes access. Add --yes, or use plan to see the changes first.`,
  key: 'An argument contains an API key, which others on this computer can see. Revoke that key, and set OPENAI_ADMIN_KEY instead.',
  help: (verb: string | undefined) =>
    verb === undefined
      ? `Use ${cliName} --help for examples.`
      : `Use ${cliName} ${verb} --help for examples.`,
} as const;

function typed(text: string): string {
  return `“${pastedForMessage(text, 120)}”`;
}

export const keyMissing =
  'OPENAI_ADMIN_KEY is missing. Set it to an admin API key. It is never an argument, and never printed.';

/** A file can't be read or written. `code`: of the system. */
export function fileFailure(doing: 'read' | 'write', path: string, code: string | undefined): string {
  const shown = escapeForMessage(path, 300);
  if (doing === 'read' && code === 'ENOENT')
    return `There is no file ${shown}. Use init to write one, or --file to name it.`;
  if (doing === 'write' && code === 'EEXIST') return `The file ${shown} exists. Use --force to replace it.`;
  const why = code === undefined ? '' : ` (${escapeForMessage(code, 40)})`;
  return doing === 'read'
    ? `The file ${shown} can't be opened${why}.`
    : `The file ${shown} can't be written${why}.`;
}

/** A folder, a device, or a pipe. */
export function notRegularFile(path: string): string {
  return `The path ${escapeForMessage(path, 300)} isn't a regular file. Name one that is.`;
}

/** A file that isn't text in the encoding of such files. */
export function notUTF8(path: string): string {
  return `The file ${escapeForMessage(path, 300)} isn't text in UTF-8. Save it with that encoding.`;
}

/** A saved plan would replace the file that it is made from. */
export function planOverFile(path: string): string {
  return `The plan would replace the access file ${escapeForMessage(path, 300)}. Use another name with --out.`;
}

/** A problem of the file. Its words for an empty file name a command of this tool. */
export function problemInTerminal(problem: AccessFileProblem): string {
  return problem.kind === 'syntax' && problem.fault === 'empty'
    ? 'The file is empty. Use init to begin with current access.'
    : problemInWords(problem);
}

/** The headings and labels of reports. */
export const labels = {
  error: 'error',
  warning: 'warning',
  information: 'note',
  action: 'Change',
  checkpoint: 'Checkpoint',
  project: 'Project',
  permission: 'Permission',
  reason: 'Reason',
  outcome: 'Outcome',
  grant: 'Grant',
  revoke: 'Revoke',
  changes: 'Changes',
  messages: 'Messages',
} as const;

/** The title of a report. */
export function reportTitle(verb: string, file: string, organization: string | undefined): string {
  const of = organization === undefined ? '' : `, organization ${escapeForMessage(organization, 100)}`;
  return `${cliName} ${verb}: ${escapeForMessage(file, 200)}${of}`;
}

/** The changes of a plan in one line. */
export function planCounts(steps: readonly Step[]): string {
  if (steps.length === 0) return 'Nothing to change.';
  const grants = steps.filter(({ action }) => action === 'grant').length;
  const revokes = steps.length - grants;
  return plural(
    steps.length,
    `1 change: ${number(grants)} to grant, ${number(revokes)} to revoke.`,
    (changes) => `${changes} changes: ${number(grants)} to grant, ${number(revokes)} to revoke.`,
  );
}

/** What a plan can't change. */
export function notPossible(count: number): string {
  if (count === 0) return '';
  return plural(count, "1 change can't be made.", (changes) => `${changes} changes can't be made.`);
}

/** Not everything was loaded, so the result is not complete. */
export function notComplete(checkpoints: number, areProjectsComplete: boolean): string {
  return sentences(
    checkpoints > 0
      ? plural(
          checkpoints,
          "The permissions of 1 checkpoint couldn't be loaded completely, so this isn't everything.",
          (lists) =>
            `The permissions of ${lists} checkpoints couldn't be loaded completely, so this isn't everything.`,
        )
      : '',
    areProjectsComplete ? '' : "The list of projects couldn't be loaded completely.",
  );
}

export const errorsInFile = 'The file has errors. Nothing was sent.';
export const notEverythingLoaded = 'Nothing was sent, because not everything could be loaded.';
export const canceledBeforeChanges = 'Canceled. Nothing was sent.';
export const canceledLoading = 'Canceled before everything was loaded.';
export const inSync = 'Access is as the file says.';
export const valid = 'The file is valid.';
export const nothingEnded = 'No last day is over for access that is in effect.';
export const formatted = 'The file is formatted.';
export const notFormatted = "The file isn't formatted. Run fmt.";
export const wasFormatted = 'The file was formatted.';
export const organizationMissing =
  "The API doesn't name the organization of the key. Use --organization with its name.";
export const noCheckpoints =
  'No fine-tuned models were found. Name them with --checkpoint, which can be repeated.';

/** Plan applies only with another option. */
export function removalsOption(removals: number): string {
  return `To allow it for one run, use --allow-removals ${removals}.`;
}

/** `system`: of the pull request, such as GitHub Actions. */
export function refusedForPullRequest(system: string): string {
  return `This runs for a pull request (${system}). Changes are made only after the merge. Nothing was sent.`;
}

export function savedTo(path: string): string {
  return `Saved to ${escapeForMessage(path, 300)}.`;
}

/** A source of checkpoints failed or ended early. */
export function sourceNotSearched({ source, end }: SourceReport): string {
  const name = sourceInWords(source.place);
  return end.kind === 'failed'
    ? `${name}: ${explainInTerminal(end.error)}`
    : `${name} wasn't searched completely, so checkpoints may be missing.`;
}

/** A list that couldn't be loaded, with the reason if there is one. */
export function whyUnread({ checkpoints }: NotLoadedForFile, checkpoint: string): string {
  const error = checkpoints.get(checkpoint);
  return error === undefined ? '' : explainInTerminal(error);
}

const byInWords: Readonly<Record<'us' | 'others' | 'perhapsUs', string>> = {
  us: 'done and confirmed',
  others: 'already in effect: someone else did it',
  perhapsUs: 'in effect and confirmed, perhaps by someone else',
};

/** The outcome of a change, for the end of its line. */
export function outcomeInTerminal(outcome: Outcome, organization: Organization): string {
  if (outcome.result === 'done') return byInWords[outcome.by];
  if (outcome.result === 'notSent')
    return outcome.error === undefined
      ? 'not sent, because it was canceled'
      : `not sent. ${explainInTerminal(outcome.error)}`;
  const facts = factsOf(outcome.error);
  const why =
    facts.kind === 'owningProject'
      ? `${projectName(organization, facts.project)} owns this model, so it always has access. Remove it from the file.`
      : explainInTerminal(outcome.error);
  switch (outcome.result) {
    case 'unverified':
      return `accepted, and not confirmed. ${why}`;
    case 'unknown':
      return `unknown. ${why}`;
    case 'failed':
      return outcome.mayStillHappen
        ? `not in effect yet, and it may still take effect. ${why}`
        : `failed. ${why}`;
  }
}

/** All outcomes in one line. */
export function outcomeCounts(outcomes: readonly Outcome[], isCanceled: boolean): string {
  const done = outcomes.filter(({ result }) => result === 'done').length;
  const notSent = outcomes.filter(({ result }) => result === 'notSent').length;
  const others = outcomes.length - done - notSent;
  const all = done === outcomes.length ? allMade(done) : someMade(done, notSent, outcomes.length);
  const isOnlyOne = outcomes.length === 1;
  return sentences(
    all,
    others > 0 && !isOnlyOne
      ? plural(others, "1 failed or isn't confirmed.", (changes) => `${changes} failed or aren't confirmed.`)
      : '',
    notSent > 0 && !isOnlyOne
      ? plural(notSent, "1 wasn't sent.", (changes) => `${changes} weren't sent.`)
      : '',
    isCanceled ? 'The run was canceled.' : '',
    done < outcomes.length ? 'Run plan to see what is left.' : '',
  );
}

function allMade(done: number): string {
  if (done === 0) return '';
  return plural(
    done,
    '1 change was made and confirmed.',
    (changes) => `${changes} changes were made and confirmed.`,
  );
}

function someMade(done: number, notSent: number, total: number): string {
  return plural(
    total,
    notSent > 0 ? "The change wasn't sent." : "The change failed or isn't confirmed.",
    (changes) => `${number(done)} of ${changes} changes were made and confirmed.`,
  );
}

/** What others changed for the same checkpoints while the plan was applied. */
/** Access that was revoked, and is there again. */
export function grantedAgain(organization: Organization, changes: readonly Meanwhile[]): string {
  const projects = changes.map(({ permission }) => permission.project_id);
  return `While this ran, someone else granted access again: ${firstProjects(organization, projects, 5)}. Run plan to see what is left.`;
}

export function changedByOthers(organization: Organization, changes: readonly Meanwhile[]): string {
  const projects = (action: Meanwhile['action']): string =>
    firstProjects(
      organization,
      changes.filter((change) => change.action === action).map(({ permission }) => permission.project_id),
      5,
    );
  const [granted, revoked] = [projects('granted'), projects('revoked')];
  return sentences(
    granted && `While this ran, someone else granted access: ${granted}.`,
    revoked && `While this ran, someone else revoked access: ${revoked}.`,
  );
}

/** The progress of loading lists, for a line. */
export function loadingLists(done: number, total: number): string {
  return `Loading permissions: ${number(done)} of ${number(total)}`;
}

export const loadingProjects = 'Loading projects';
export const searching = 'Searching for checkpoints';

/** The same for a log, once. */
export function loadingAllLists(total: number): string {
  return plural(total, 'Loading 1 list', (lists) => `Loading ${lists} lists`);
}

/** The progress of applying, for a line. */
export function applying({ doing, answered, total }: ApplyProgress): string {
  return doing === 'readingBack'
    ? applyingPhases.confirming
    : `${applyingPhases.changing}: ${number(answered)} of ${number(total)}`;
}

/** The same for a log, once each. */
export const applyingPhases = {
  changing: 'Changing access',
  confirming: 'Confirming what was changed',
} as const;

/** After the first and the second signal to end, while access is changed. */
export const stopping =
  'Stopping. The request under way is finished, and what was sent is confirmed. Press Ctrl+C again to end without confirming.';
export const stoppingNow = 'Ending without confirming. Run plan to see what was done.';
export const stoppingLoading = 'Stopping.';

/** A request, for --verbose. */
export function requestLine({ method, path, status, ms, requestId, error }: RequestReport): string {
  const answer = metadata(status === undefined ? error : String(status), `${ms} ms`, requestId);
  return `${method} ${escapeForMessage(path, 500)} ${escapeForMessage(answer, 300)}`;
}

/** A report for a page that holds only so much. */
export function cutForSummary(left: number): string {
  return plural(left, 'And 1 more line.', (lines) => `And ${lines} more lines.`);
}

/** The summary of a job can't be written. */
export function summaryFailed(code: string | undefined): string {
  return `The step summary couldn't be written (${escapeForMessage(code ?? '', 40)}).`;
}

/** Entries of NO_PROXY that are not understood. */
export function ignoredNoProxy(entries: readonly string[]): string {
  return `These entries of NO_PROXY aren't understood and are ignored: ${escapeForMessage(listOf(entries.slice(0, 20)), 500)}.`;
}
