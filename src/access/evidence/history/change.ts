import type { Actor } from './actor';

/** From where a change's project and checkpoint are known. */
export type Origin = 'event' | 'earlier event' | 'journal' | 'list';

/** What this computer wrote down of a change that it made. */
export interface OwnPart {
  /** The id of the plan in the journal. */
  readonly plan: string;
  /** What the person did, such as `Grant`. */
  readonly title: string;
  /** The name of the person's account on this computer. */
  readonly by: string;
  /** Read back and found done; else the server accepted it, or its answer was lost. */
  readonly certainty: 'verified' | 'accepted' | 'not known';
  /** It was done with another key, and nobody tells whether that was one of the same organization. */
  readonly perhapsOfAnother?: true;
}

/** One permission that was made or taken away: a row of the history. Never changed in place. */
export interface Change {
  /** Unique within one history. */
  readonly id: string;
  /** Milliseconds since 1970: by the log where it tells of it, else by this computer's clock. */
  readonly at: number;
  readonly action: 'granted' | 'revoked';
  /** The permission's id; absent where nobody has told. */
  readonly permission?: string;
  readonly project?: string;
  /** The name that the project had then, where the journal wrote it down. */
  readonly projectName?: string;
  readonly checkpoint?: string;
  /** Absent where project and checkpoint are not known. */
  readonly origin?: Origin;
  /** The log tells of it; `actor` is absent where it does not say who it was. */
  readonly logged?: { readonly event: string; readonly actor?: Actor };
  /** It was made by this computer. */
  readonly own?: OwnPart;
}

/** Whoever is known to be behind a change, for filters: the log's actor, this computer's account, or both. */
export function personsOf({ logged, own }: Change): string[] {
  return [...(logged?.actor ? [logged.actor.id] : []), ...(own ? [`${thisComputer}${own.by}`] : [])];
}

/** Before the account's name in {@link personsOf}; no e-mail address or id begins with it. */
const thisComputer = 'this computer: ';

/** Whether a person is behind a change; undefined where the log has not said, so that it may be any of those it names. */
export function isBy(change: Change, person: string): boolean | undefined {
  if (personsOf(change).includes(person)) return true;
  return person.startsWith(thisComputer) || change.logged?.actor ? false : undefined;
}
