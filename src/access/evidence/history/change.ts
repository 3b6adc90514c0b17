import type { Actor } from './actor';

/** From where a change's project and checkpoint are known. */
export type Origin = 'event' | 'earlierEvent' | 'journal' | 'list';

/** What this computer wrote down of a change that it made. */
export interface LocalRecord {
  /** The ID of the plan in the journal. */
  readonly plan: string;
  /** What the person did, such as `Grant`. */
  readonly title: string;
  /** The name of the person's account on this computer. */
  readonly by: string;
  /** `verified`: confirmed by loading the list. `accepted`: the API accepted it. `unknown`: its response was lost. */
  readonly certainty: 'verified' | 'accepted' | 'unknown';
  /** It was done with another key, and nobody tells whether that was one of the same organization. */
  readonly maybeOtherOrganization?: true;
}

/** One permission that was made or taken away: a row of the history. Never changed in place. */
export interface Change {
  /** Unique within one history. */
  readonly id: string;
  /** Milliseconds since 1970: by the log where it tells of it, else by this computer's clock. */
  readonly at: number;
  readonly action: 'granted' | 'revoked';
  /** The permission's ID; absent where it is unknown. */
  readonly permission?: string;
  readonly project?: string;
  /** The name that the project had then, where the journal wrote it down. */
  readonly projectName?: string;
  readonly checkpoint?: string;
  /** Absent where project and checkpoint are unknown. */
  readonly origin?: Origin;
  /** The log tells of it; `actor` is absent where it does not say who it was. */
  readonly logged?: { readonly event: string; readonly actor?: Actor };
  /** It was made by this computer. */
  readonly own?: LocalRecord;
}

/** How far a change is unsure or unknown. */
export type ChangeNote =
  /** The API accepted it, and the list was not loaded since. */
  | 'notConfirmed'
  /** It was sent, and no response came. */
  | 'outcomeUnknown'
  /** This computer sent such a change and got no response, so this may be another one. */
  | 'maybeOfSomeoneElse'
  /** It was made with another admin API key, perhaps of another organization. */
  | 'maybeOtherOrganization'
  /** Project and checkpoint are unknown: the log has no earlier event of the permission. */
  | 'originUnknown'
  /** The same, but the log is not loaded to its end. */
  | 'originNotLoaded';

/** Empty where all is well. `isLogWhole`: the audit log is loaded to its end. */
export function notesOn({ logged, own, origin }: Change, isLogWhole: boolean): ChangeNote[] {
  const notes: ChangeNote[] = [];
  if (own?.certainty === 'accepted' && !logged) notes.push('notConfirmed');
  if (own?.certainty === 'unknown') notes.push(logged ? 'maybeOfSomeoneElse' : 'outcomeUnknown');
  // An event of this organization's own log is certainly of this organization.
  if (own?.maybeOtherOrganization && !logged) notes.push('maybeOtherOrganization');
  if (origin === undefined) notes.push(isLogWhole ? 'originUnknown' : 'originNotLoaded');
  return notes;
}

/** Someone behind a change: whom the audit log names, or the account of a person on this computer. */
export interface Person {
  readonly kind: 'actor' | 'account';
  /** {@link Actor.id}, or the name of the account. */
  readonly id: string;
}

/** Everyone known to be behind a change, for filters: the log's actor, this computer's account, or both. */
export function personsOf({ logged, own }: Change): Person[] {
  return [
    ...(logged?.actor ? [{ kind: 'actor', id: logged.actor.id } as const] : []),
    ...(own ? [{ kind: 'account', id: own.by } as const] : []),
  ];
}

/** Whether a person is behind a change; undefined where the log has not said, so that it may be any of those it names. */
export function isBy(change: Change, { kind, id }: Person): boolean | undefined {
  if (personsOf(change).some((each) => each.kind === kind && each.id === id)) return true;
  return kind === 'account' || change.logged?.actor ? false : undefined;
}
