import { readdir } from 'node:fs/promises';
import type { Journal } from '../access/journal/journal';
import type { Organization } from '../access/organization';

/** The journals in which plans are recorded. Their code is loaded on first use. */
export class Journals {
  #shared: Promise<Journal> | undefined;
  readonly #inMemory = new WeakMap<Organization, Promise<Journal>>();

  constructor(readonly folder: string) {}

  /** The journal of all organizations except samples. */
  get shared(): Promise<Journal> {
    this.#shared ??= import('./openOrganization').then(({ journalIn }) => journalIn(this.folder));
    return this.#shared;
  }

  of(organization: Organization): Promise<Journal> {
    if (!organization.isSample) return this.shared;
    const known = this.#inMemory.get(organization);
    const journal = known ?? import('./openOrganization').then(({ journalInMemory }) => journalInMemory());
    this.#inMemory.set(organization, journal);
    return journal;
  }

  /** Whether the shared journal has records, so that its code is worth loading. Never rejects. */
  async hasRecords(): Promise<boolean> {
    const names = await readdir(this.folder).catch((): string[] => []);
    return names.length > 0;
  }
}
