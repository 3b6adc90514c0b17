import { readdir } from 'node:fs/promises';
import type { Journal } from '../access/journal/journal';
import type { Organization } from '../access/organization';

/** Where it is written down what is changed. Its code is loaded when something is, or was. */
export class Journals {
  #shared: Promise<Journal> | undefined;
  readonly #inMemory = new WeakMap<Organization, Promise<Journal>>();

  constructor(readonly folder: string) {}

  /** That of all organizations but the samples. */
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

  /** Whether anything was ever written down, so that it is worth looking what. Never rejects. */
  async hasRecords(): Promise<boolean> {
    const names = await readdir(this.folder).catch((): string[] => []);
    return names.length > 0;
  }
}
