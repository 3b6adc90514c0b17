import { plainText } from '../../../text/plainText';
import { Emitter, type Unsubscribe } from '../../emitter';
import { compareIdentity, type OrganizationIdentity, parseIdentity } from '../../organizationIdentity';
import { mostAccepted } from '../../thresholds';
import { type FindingKind, findingKinds } from './finding';

/** What is accepted: one reason why the access of a project to a checkpoint is a finding. */
export interface AcceptedFinding {
  readonly finding: FindingKind;
  readonly checkpoint: string;
  readonly project: string;
}

/** A finding that a person accepted. Plain data, as a file could have it, too. */
export interface Acceptance extends AcceptedFinding {
  /** Why, in the person's words. One line. */
  readonly reason: string;
  /** The last day on which it is accepted, `YYYY-MM-DD` in UTC. */
  readonly until: string;
}

/** An acceptance that counts, whether a person gave it here or the access file has it. */
export interface KnownAcceptance extends Acceptance {
  /** The access file of an open workspace has it: it can be changed there only. */
  readonly isOfFile?: true;
}

/** Stores accepted findings between sessions. `write` resolves once the value is stored. */
export interface AcceptedStorage {
  read(): unknown;
  write(record: AcceptedRecord): PromiseLike<void>;
}

/** The stored value, versioned for later changes. What another organization's key accepted stays as it is. */
export interface AcceptedRecord {
  readonly version: 1;
  readonly organizations: readonly AcceptedOfOrganization[];
}

interface AcceptedOfOrganization {
  readonly whose: OrganizationIdentity;
  readonly accepted: readonly Acceptance[];
}

/** Longest reason, in characters. */
export const longestReason = 300;
const longestAcceptedId = 500;

/** The most organizations of one profile that are kept, those used last. */
const maxOrganizations = 5;

const dayLength = 24 * 60 * 60 * 1000;

/** Whether a text is a day that exists, `YYYY-MM-DD`. */
export function isDay(text: string): boolean {
  return endOfDay(text) !== undefined;
}

/** Whether a day is one until which a finding can be accepted: a date that exists, not over yet. */
export function isDayToCome(day: string, now: number): boolean {
  const end = endOfDay(day);
  return end !== undefined && now < end;
}

/** Whether the last day of an acceptance is over. `now` in milliseconds since 1970. */
export function isExpired({ until }: Pick<Acceptance, 'until'>, now: number): boolean {
  return !isDayToCome(until, now);
}

/**
 * The findings that were accepted in an organization. What is stored is checked when it is read, and counts only where
 * it is certainly of the organization in use. An expired acceptance stays until it is removed or there is no room, so
 * that it can be said that it was accepted before.
 */
export class AcceptedFindings {
  #accepted: ReadonlyMap<string, Acceptance> = new Map();
  #ofFile: ReadonlyMap<string, KnownAcceptance> = new Map();
  readonly #changed = new Emitter<void>();
  #lastChange: Promise<unknown> = Promise.resolve();
  #isDisposed = false;
  readonly #place: { readonly whose: OrganizationIdentity; readonly storage: AcceptedStorage } | undefined;

  /**
   * Without a storage, as for samples, or without an identity, they are kept as long as this object. `now` in
   * milliseconds since 1970.
   */
  constructor(
    private readonly now: () => number = Date.now,
    whose?: OrganizationIdentity,
    storage?: AcceptedStorage,
  ) {
    this.#place = whose && storage && { whose, storage };
    this.#accepted = this.#stored();
  }

  /** Notifies when findings were accepted, or acceptances removed, also by another window. */
  onDidChange(listener: () => void): Unsubscribe {
    return this.#changed.on(listener);
  }

  /** The acceptance of a finding, whether it is expired or not. Where the access file has one, that is it. */
  get(finding: AcceptedFinding): KnownAcceptance | undefined {
    const key = keyOf(finding);
    return this.#ofFile.get(key) ?? this.#accepted.get(key);
  }

  /** Takes over what the access files of the workspace accept: the first one of a finding. They are not stored. */
  useFile(acceptances: readonly Acceptance[]): void {
    const ofFile = new Map<string, KnownAcceptance>();
    for (const { finding, checkpoint, project, reason, until } of acceptances) {
      const key = keyOf({ finding, checkpoint, project });
      const kept = { finding, checkpoint, project, reason: plainText(reason, longestReason), until };
      if (!ofFile.has(key)) ofFile.set(key, { ...kept, isOfFile: true });
    }
    const hasChanged = JSON.stringify([...ofFile]) !== JSON.stringify([...this.#ofFile]);
    this.#ofFile = ofFile;
    if (hasChanged) this.#changed.emit();
  }

  get size(): number {
    return this.#accepted.size;
  }

  /**
   * Accepts findings until a day, because of a reason. Replaces earlier acceptances of the same. Resolves to false, and
   * accepts none, if there would be more than {@link mostAccepted}. Rejects with the error of the storage.
   */
  accept(
    findings: readonly AcceptedFinding[],
    { reason, until }: Pick<Acceptance, 'reason' | 'until'>,
  ): Promise<boolean> {
    const said = { reason: plainText(reason, longestReason), until };
    return this.#change((accepted) => {
      const now = this.now();
      const all = new Map(accepted);
      for (const { finding, checkpoint, project } of findings)
        all.set(keyOf({ finding, checkpoint, project }), { finding, checkpoint, project, ...said });
      if (all.size <= mostAccepted) return all;
      const current = new Map([...all].filter(([, each]) => !isExpired(each, now)));
      return current.size <= mostAccepted ? current : undefined;
    });
  }

  /** Removes acceptances, so that the findings count again. Rejects with the error of the storage. */
  async remove(findings: readonly AcceptedFinding[]): Promise<void> {
    const keys = new Set(findings.map(keyOf));
    await this.#change((accepted) => new Map([...accepted].filter(([key]) => !keys.has(key))));
  }

  /** Takes over what another window may have stored. */
  reload(): void {
    if (!this.#isDisposed) this.#adopt(this.#stored());
  }

  /** Stops storing: the organization may have been removed, or have another key. */
  dispose(): void {
    this.#isDisposed = true;
  }

  /** Runs changes one after the other, each on what is stored by then, so that none is lost. */
  #change(
    change: (accepted: ReadonlyMap<string, Acceptance>) => ReadonlyMap<string, Acceptance> | undefined,
  ): Promise<boolean> {
    const result = this.#lastChange.then(async () => {
      if (this.#isDisposed) return false;
      const after = change(this.#stored());
      if (!after) return false;
      await this.#store(after);
      this.#adopt(after);
      return true;
    });
    this.#lastChange = result.catch(() => undefined);
    return result;
  }

  #adopt(accepted: ReadonlyMap<string, Acceptance>): void {
    const text = (each: ReadonlyMap<string, Acceptance>): string => JSON.stringify([...each.values()]);
    const hasChanged = text(accepted) !== text(this.#accepted);
    this.#accepted = accepted;
    if (hasChanged) this.#changed.emit();
  }

  #stored(): ReadonlyMap<string, Acceptance> {
    if (!this.#place) return this.#accepted;
    const { whose, storage } = this.#place;
    const own = parseRecord(storage.read()).find((each) => isSame(each, whose));
    return new Map(own?.accepted.map((each) => [keyOf(each), each]));
  }

  async #store(accepted: ReadonlyMap<string, Acceptance>): Promise<void> {
    if (!this.#place) return;
    const { whose, storage } = this.#place;
    const others = parseRecord(storage.read()).filter((each) => !isSame(each, whose));
    const own = accepted.size === 0 ? [] : [{ whose, accepted: [...accepted.values()] }];
    await storage.write({ version: 1, organizations: [...own, ...others].slice(0, maxOrganizations) });
  }
}

function isSame({ whose }: AcceptedOfOrganization, own: OrganizationIdentity): boolean {
  return compareIdentity(whose, own) === 'same';
}

function keyOf({ finding, checkpoint, project }: AcceptedFinding): string {
  return JSON.stringify([finding, checkpoint, project]);
}

/** The end of a day, in milliseconds since 1970. Undefined if there is no such day. */
function endOfDay(day: string): number | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return undefined;
  const start = Date.parse(`${day}T00:00:00Z`);
  // Some engines take February 30 for March 2.
  if (Number.isNaN(start) || new Date(start).toISOString().slice(0, 10) !== day) return undefined;
  return start + dayLength;
}

/** Parses the stored record, which may be of another version or damaged. What is invalid is left out. */
function parseRecord(kept: unknown): AcceptedOfOrganization[] {
  const { version, organizations } = (kept ?? {}) as Record<keyof AcceptedRecord, unknown>;
  if (version !== 1 || !Array.isArray(organizations)) return [];
  return organizations.slice(0, maxOrganizations).flatMap((each: unknown) => {
    const { whose, accepted } = (each ?? {}) as Record<keyof AcceptedOfOrganization, unknown>;
    const identity = parseIdentity(whose);
    if (!identity || !Array.isArray(accepted)) return [];
    return [{ whose: identity, accepted: accepted.slice(0, mostAccepted).flatMap(parseAcceptance) }];
  });
}

/** Parses one acceptance: none if a part of it is missing or invalid, so that nothing is accepted by mistake. */
export function parseAcceptance(kept: unknown): Acceptance[] {
  const { finding, checkpoint, project, reason, until } = (kept ?? {}) as Record<keyof Acceptance, unknown>;
  const kind = findingKinds.find((each) => each === finding);
  if (kind === undefined || !isId(checkpoint) || !isId(project)) return [];
  if (typeof reason !== 'string' || reason.trim() === '') return [];
  if (typeof until !== 'string' || endOfDay(until) === undefined) return [];
  return [{ finding: kind, checkpoint, project, reason: plainText(reason, longestReason), until }];
}

function isId(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && value.length <= longestAcceptedId;
}
