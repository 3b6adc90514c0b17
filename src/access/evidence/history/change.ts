import type { Step } from '../../plan/plan';
import type { Actor } from './actor';

/** The source of the project and checkpoint of a change. */
export type Origin = 'event' | 'earlierEvent' | 'journal' | 'list';

/** The record of a change in the journal of this computer. */
export interface LocalRecord {
  /** The ID of the plan in the journal. */
  readonly plan: string;
  /** What the whole plan was, and whether it took back another one. */
  readonly steps: readonly Step[];
  readonly isUndo?: true;
  /** The account name of the person on this computer. */
  readonly by: string;
  /**
   * `verified`: confirmed by loading the list. `accepted`: the API accepted it. `unknown`: its response was lost.
   * `perhaps`: it is in effect, and nothing proves who made it.
   */
  readonly certainty: 'verified' | 'accepted' | 'unknown' | 'perhaps';
  /** It was sent with another key, perhaps of another organization. */
  readonly maybeOtherOrganization?: true;
}

/** A created or deleted permission: a row of the history. Immutable. */
export interface Change {
  /** Unique within one history. */
  readonly id: string;
  /** Milliseconds since 1970, by the log if it has the change, else by the clock of this computer. */
  readonly at: number;
  readonly action: 'granted' | 'revoked';
  /** The ID of the permission. Absent if unknown. */
  readonly permission?: string;
  readonly project?: string;
  /** The name of the project at the time, where the journal has it. */
  readonly projectName?: string;
  readonly checkpoint?: string;
  /** Absent if project and checkpoint are unknown. */
  readonly origin?: Origin;
  /** The event in the audit log. `actor` is absent if the log names none. */
  readonly logged?: { readonly event: string; readonly actor?: Actor };
  /** The record of this computer, if the change was sent from it. */
  readonly own?: LocalRecord;
}

/** What is uncertain or unknown about a change. */
export type ChangeNote =
  /** The API accepted it, but the list has not been loaded since. */
  | 'notConfirmed'
  /** It was sent, and its response was lost. */
  | 'outcomeUnknown'
  /** This computer sent such a change and lost the response, so the logged change may be of someone else. */
  | 'maybeOfSomeoneElse'
  /** This computer sent such a change, and someone else may have made it. */
  | 'perhapsOurs'
  /** It was sent with another admin API key, perhaps of another organization. */
  | 'maybeOtherOrganization'
  /** Project and checkpoint are unknown: the log has no earlier event of the permission. */
  | 'originUnknown'
  /** Project and checkpoint are unknown, and the log is not loaded to its end. */
  | 'originNotLoaded';

/** The uncertainties of a change; empty if there are none. `isLogWhole`: the audit log is loaded to its end. */
export function notesOn({ logged, own, origin }: Change, isLogWhole: boolean): ChangeNote[] {
  const notes: ChangeNote[] = [];
  if (own?.certainty === 'accepted' && !logged) notes.push('notConfirmed');
  if (own?.certainty === 'perhaps') notes.push('perhapsOurs');
  if (own?.certainty === 'unknown') notes.push(logged ? 'maybeOfSomeoneElse' : 'outcomeUnknown');
  // An event of the log in use is certainly of this organization.
  if (own?.maybeOtherOrganization && !logged) notes.push('maybeOtherOrganization');
  if (origin === undefined) notes.push(isLogWhole ? 'originUnknown' : 'originNotLoaded');
  return notes;
}

/** Where a change is recorded: in the audit log, on this computer, or in both. */
export type ChangeSource = 'log' | 'computer' | 'both';

export function sourceOf({ logged, own }: Pick<Change, 'logged' | 'own'>): ChangeSource {
  return !own ? 'log' : logged ? 'both' : 'computer';
}

/** A person behind a change: an actor of the audit log, or an account on this computer. */
export interface Person {
  readonly kind: 'actor' | 'account';
  /** {@link Actor.id}, or the name of the account. */
  readonly id: string;
}

/** All persons behind a change, for filters: the actor of the log, the account on this computer, or both. */
export function personsOf({ logged, own }: Change): Person[] {
  return [
    ...(logged?.actor ? [{ kind: 'actor', id: logged.actor.id } as const] : []),
    ...(own ? [{ kind: 'account', id: own.by } as const] : []),
  ];
}

/** Whether a person is among those behind a change. Undefined if the log names no actor, so that it may be any actor. */
export function isBy(
  { persons, isActorUnknown }: { readonly persons: readonly Person[]; readonly isActorUnknown: boolean },
  { kind, id }: Person,
): boolean | undefined {
  if (persons.some((each) => each.kind === kind && each.id === id)) return true;
  return kind === 'account' || !isActorUnknown ? false : undefined;
}
