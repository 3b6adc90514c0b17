import type { FindingKind, Reason, ReasonFacts } from '../access/evidence/review/finding';
import { mostAccepted, mostStaged, soonDays } from '../access/thresholds';
import { ago, dayInWords, dayOf } from '../text/dates';
import { metadata, sentences } from '../text/lists';
import { number, plural } from '../text/numbers';
import { withoutEffectClauses } from './effect';
import { shutdownInWords } from './shutdown';
import { inTabs, stagedToRevoke } from './tabs';

// Findings of a review, for the Access page and for files. Runs in the page, too. Names and texts of the API are not
// escaped here. `now` is in milliseconds since 1970.

/** The kinds of findings, as headings and in files. */
export const findingKindInWords: Readonly<Record<FindingKind, string>> = {
  shutDown: 'Model has shut down',
  archived: 'Project is archived',
  unused: 'Access is unused',
  shutsDownSoon: `Model shuts down within ${soonDays} days`,
  sharedWithAll: 'Shared with all active projects',
  withoutEffect: 'Granted without effect',
};

/** The heading of unused access. */
export function unusedHeading(days: number): string {
  return plural(days, 'Unused for 1 day', (count) => `Unused for ${count} days`);
}

/** The finding that a reason makes, in files. */
export function findingInWords(reason: Reason): string {
  return reason.kind === 'unused' ? unusedHeading(reason.days) : findingKindInWords[reason.kind];
}

function startOfSentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

/** A format of days. */
export interface Days {
  /** The day of a moment in milliseconds since 1970. */
  ofMoment(moment: number): string;
  /** A day such as `2027-01-14`. */
  ofDay(day: string): string;
}

const daysForPeople: Days = { ofMoment: dayOf, ofDay: dayInWords };

/** The reason of a finding, with its dates. */
export function reasonInWords(
  finding: Reason,
  nameOf: (project: string) => string,
  now: number,
  { ofMoment, ofDay }: Days = daysForPeople,
): string {
  switch (finding.kind) {
    case 'shutDown':
    case 'shutsDownSoon':
      return `Model ${shutdownInWords(finding.shutdown, now, ofDay)}`;
    case 'archived':
      return finding.archivedAt === undefined
        ? 'Project archived'
        : `Project archived ${ofMoment(finding.archivedAt)}`;
    case 'unused': {
      const { days, lastUsed, until, grantedAt } = finding;
      return metadata(
        lastUsed === undefined
          ? plural(
              days,
              `Not used in the day before ${ofMoment(until)}`,
              (count) => `Not used in the ${count} days before ${ofMoment(until)}`,
            )
          : `Last used ${ofMoment(lastUsed)}`,
        `granted ${ofMoment(grantedAt)}`,
      );
    }
    case 'sharedWithAll':
      return finding.mayBeOwner === undefined
        ? `Shared with all ${number(finding.activeProjects)} active projects`
        : `Shared with ${number(finding.activeProjects - 1)} of ${number(finding.activeProjects)} active projects · ${nameOf(finding.mayBeOwner)} may be the owner`;
    case 'withoutEffect':
      return startOfSentence(metadata(...finding.why.map((why) => withoutEffectClauses[why])));
  }
}

/** The reason of a finding as a part of a row. `nameOf`: name of the project that may be the owner. */
function clauseOf<P>(reason: ReasonFacts<P>, nameOf: (project: P) => string, now: number): string {
  switch (reason.kind) {
    case 'shutDown':
    case 'shutsDownSoon':
      return shutdownInWords(reason.shutdown, now);
    case 'archived':
      return reason.archivedAt === undefined ? 'archived' : `archived ${dayOf(reason.archivedAt)}`;
    case 'unused':
      return reason.lastUsed === undefined
        ? plural(reason.days, 'unused for 1 day', (days) => `unused for ${days} days`)
        : `last used ${dayOf(reason.lastUsed)}`;
    case 'sharedWithAll':
      return reason.mayBeOwner === undefined
        ? `shared with all ${number(reason.activeProjects)} active projects`
        : `shared with ${number(reason.activeProjects - 1)} of ${number(reason.activeProjects)} active projects (${nameOf(reason.mayBeOwner)} may be the owner)`;
    case 'withoutEffect':
      return metadata(...reason.why.map((why) => withoutEffectClauses[why]));
  }
}

/** A reason of a row, with its acceptance. */
export type ShownReason<P> = ReasonFacts<P> & { readonly acceptance?: ShownAcceptance };

interface ShownAcceptance {
  readonly until: string;
  readonly isExpired: boolean;
  readonly isOfFile?: true;
}

/** All reasons of a row: that of its category, then the others, each with its acceptance. */
export function reasonsInWords<P>(
  reasons: readonly ShownReason<P>[],
  nameOf: (project: P) => string,
  now: number,
): string {
  return metadata(
    ...reasons.map((reason, index) => {
      const clause = clauseOf(reason, nameOf, now);
      const words = index === 0 ? clause : `also ${clause}`;
      return reason.acceptance ? `${words} (${acceptedInShort(reason.acceptance)})` : words;
    }),
  );
}

function acceptedInShort({ until, isExpired, isOfFile }: ShownAcceptance): string {
  const accepted = isOfFile ? 'accepted in the access file' : 'accepted';
  return isExpired ? `was ${accepted} until ${dayInWords(until)}` : `${accepted} until ${dayInWords(until)}`;
}

/** An acceptance behind the reasons of a row: until when, and why. */
export function acceptanceInWords({
  reason,
  ...acceptance
}: Omit<ShownAcceptance, 'isExpired'> & { readonly reason: string }): string {
  return `${acceptedInShort({ ...acceptance, isExpired: false })}: ${reason}`;
}

/** Why shutdowns soon are not counted. */
export function soonNotCounted(found: number, reviewed: number): string {
  return found === reviewed
    ? plural(
        found,
        'Not counted: it applies to the only permission that was checked.',
        (count) => `Not counted: it applies to all ${count} permissions that were checked.`,
      )
    : `Not counted: it applies to ${number(found)} of ${number(reviewed)} permissions that were checked.`;
}

/** Texts of the Findings tab that never change. */
export const findingsTab = {
  label: 'Findings of the access review',
  /** What was not checked, where it is no checkpoint. */
  subjects: { projects: 'Projects', owners: 'Owners', usage: 'Usage data', policies: 'Model policies' },
  projectsNotChecked: 'Not checked: the project list is not loaded.',
  projectsPartlyChecked: 'Only partly checked: the project list is incomplete.',
  selectRow: 'Select finding',
  selectAll: 'Select all findings that are listed',
  actions: 'Actions',
  accepted: 'Accepted',
  notChecked: 'Not checked',
  project: 'Project',
  checkpoint: 'Checkpoint',
  reasons: 'Reasons',
  granted: 'Granted',
  staged: 'Staged to revoke',
  accept: 'Accept…',
  removeAcceptance: 'Remove Acceptance',
  unstage: 'Unstage',
  stageAll: 'Stage All to Revoke',
  count: 'Count These',
  doNotCount: "Don't Count These",
  export: 'Export…',
  unusedDays: 'Days without use that make access a finding',
  usageNotLoaded: 'Not checked: usage data not loaded.',
  usageUnattributed: 'Not checked: the API reported usage without a project or model, or of another kind.',
  usageFailed: "Not checked: usage data couldn't be loaded.",
  policiesNotLoaded: 'Not checked.',
  policiesPartlyLoaded: 'Only partly checked.',
  checking: 'Checking access…',
} as const;

/** The label of the number of days, before and after it. */
export const unusedLabel = ['Unused for', 'days'] as const;

/** When usage data was loaded. */
export function usageLoaded(loadedAt: number, now: number): string {
  return `usage loaded ${ago(loadedAt, now)}`;
}

/** The button that loads what a row says is missing. */
export function loadGap(requests: number): string {
  return plural(requests, 'Load (at least 1 request)', (count) => `Load (at least ${count} requests)`);
}

/** The button that loads all that was not checked. */
export function loadAllGaps(requests: number): string {
  return plural(
    requests,
    'Load All (at least 1 request)',
    (count) => `Load All (at least ${count} requests)`,
  );
}

/** The button that stages the selected rows. */
export function stageSelected(rows: number): string {
  if (rows === 0) return inTabs.stageToRevoke;
  return plural(rows, 'Stage 1 to Revoke', (count) => `Stage ${count} to Revoke`);
}

/** Access was staged for revoking. `others`: number of changes that were staged before. */
export function stagedInWords(revokes: number, others: number): string {
  return stagedToRevoke(
    revokes,
    others === 0
      ? ''
      : plural(
          others,
          '1 other change was staged before.',
          (changes) => `${changes} other changes were staged before.`,
        ),
  );
}

/** Why nothing was staged. `revokes`: the number of changes for the selected findings. */
export function tooManyToStage(revokes: number): string {
  const most = number(mostStaged);
  return plural(
    revokes,
    `Nothing more was staged: ${most} changes are staged, which is the maximum. Review or discard them first.`,
    (changes) =>
      `Nothing was staged. The selected findings take ${changes} changes, and at most ${most} changes can be staged. Select fewer findings, or review or discard staged changes first.`,
  );
}

/** The number beside the tab's name: findings that count. Empty while nothing was checked. */
export function openFindings(open: number, reviewed: number, mayBeMore: boolean): string {
  if (reviewed === 0 && mayBeMore) return '';
  return mayBeMore ? `${number(open)}+` : number(open);
}

/** The number of findings in a category while something that may have more was not checked. */
export function countSoFar(count: number): string {
  return `${number(count)} so far`;
}

/** A number of findings. */
export function findingCount(findings: number): string {
  return plural(findings, '1 finding', (count) => `${count} findings`);
}

/** A number of things that were not checked. */
export function gapCount(gaps: number): string {
  return plural(gaps, '1 item', (count) => `${count} items`);
}

/** The same while more may be found. */
export function findingCountSoFar(findings: number): string {
  return `${findingCount(findings)} so far`;
}

/** Above the table: how much was checked, and how many findings there are. */
export function findingsInShort({
  open,
  permissions,
  notChecked,
}: {
  readonly open: number;
  readonly permissions: number;
  readonly notChecked: number;
}): string {
  return metadata(
    open === 0 ? 'No findings' : findingCount(open),
    plural(permissions, '1 permission checked', (several) => `${several} permissions checked`),
    notChecked === 0
      ? ''
      : plural(notChecked, '1 item not checked', (several) => `${several} items not checked`),
  );
}

/** No row matches the search. `hidden`: the number of rows. */
export function searchHides(hidden: number): string {
  return plural(
    hidden,
    '1 finding is hidden by the search.',
    (count) => `${count} findings are hidden by the search.`,
  );
}

/** Changes were unstaged. */
export function unstagedInWords(changes: number): string {
  return plural(changes, 'Unstaged 1 change.', (count) => `Unstaged ${count} changes.`);
}

/** Acceptances were removed. */
export function removedInWords(findings: number): string {
  return plural(
    findings,
    'Removed the acceptance of 1 finding, so it counts again.',
    (count) => `Removed the acceptance of ${count} findings, so they count again.`,
  );
}

/** Nothing was done, because the access file decides about the findings. */
export function leftToFile(findings: number): string {
  return plural(
    findings,
    'The access file of this workspace decides about this finding. Change it there.',
    (count) => `The access file of this workspace decides about these ${count} findings. Change them there.`,
  );
}

/** Findings were accepted. */
export function acceptedMany(findings: number, until: string): string {
  return plural(
    findings,
    `Accepted 1 finding until ${dayInWords(until)}.`,
    (count) => `Accepted ${count} findings until ${dayInWords(until)}.`,
  );
}

/** Nothing was accepted, because there would be too many. */
export function tooManyToAccept(findings: number): string {
  const most = number(mostAccepted);
  return sentences(
    plural(
      findings,
      `Nothing was accepted: at most ${most} findings can be accepted in an organization.`,
      (count) =>
        `Nothing was accepted: you selected ${count} findings, and at most ${most} can be accepted in an organization.`,
    ),
    'Remove acceptances that are no longer needed first.',
  );
}

/** The questions of Accept…. */
export function acceptTitle(findings: number): string {
  return plural(findings, 'Accept 1 finding', (count) => `Accept ${count} findings`);
}

/** A day until which findings can be accepted, in a picker. */
export function acceptFor(days: number): string {
  return plural(days, 'For 1 day', (count) => `For ${count} days`);
}

export const acceptTexts = {
  untilQuestion: 'Accept until which day? The finding counts again after it',
  otherDay: 'Another Day…',
  dayPrompt: 'Last day (YYYY-MM-DD, UTC)',
  invalidDay: 'Enter a day that exists, such as 2027-03-31.',
  pastDay: 'Enter a day that is not over yet.',
  reasonPrompt: 'Why is this access all right? Shown beside the finding',
  reasonExample: 'For example: used once a year for the audit',
  noReason: 'Enter a reason.',
} as const;

/** The reason is too long. */
export function reasonTooLong(most: number): string {
  return `Enter a shorter reason, of at most ${number(most)} characters.`;
}
