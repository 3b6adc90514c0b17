import type { AccessMemory } from '../access/memory/accessMemory';
import type { Organization } from '../access/organization';
import type { Log } from '../editor/log';
import { readSettings } from '../editor/settings';

/** What earlier sessions loaded of each organization, and what is kept for later ones. Its code is loaded on first use. */
export class Memories {
  readonly #open = new Map<Organization, AccessMemory>();

  /** Writes of closed organizations, which must not come after a removal. */
  #lastWrites: Promise<unknown> = Promise.resolve();

  /** `folder`: shared by all windows. */
  constructor(
    private readonly folder: string,
    private readonly log: Log,
  ) {}

  /** Shows what is kept of an organization that was just opened. Sends no request. Never rejects. */
  async open(organization: Organization): Promise<void> {
    const { folder, log } = this;
    // The same organization may have been closed just now.
    await this.#lastWrites;
    const { removeMemories, restoreMemory } = await import('./openOrganization');
    // The setting may have been turned off while no window was open.
    if (!readSettings().keepAccess) await removeMemories(folder, log);
    const memory = await restoreMemory(organization, { folder, isKept: readSettings().keepAccess, log });
    if (memory) this.#open.set(organization, memory);
  }

  /** Undefined for an organization that isn't open, and for samples. */
  of(organization: Organization): AccessMemory | undefined {
    return this.#open.get(organization);
  }

  /** Takes over the setting. Never rejects. */
  async update(): Promise<void> {
    const { keepAccess } = readSettings();
    for (const memory of this.#open.values()) await memory.setKept(keepAccess);
    if (keepAccess) return;
    await this.#lastWrites;
    const { removeMemories } = await import('./openOrganization');
    await removeMemories(this.folder, this.log);
  }

  /**
   * Writes what waits to be written, as it is at the time of the call, and stops keeping. Call it before the
   * organization is disposed of. Never rejects.
   *
   * @param isWanted asked before it is written. Without a key, another window may have removed the organization.
   */
  async close(organization: Organization, isWanted?: () => Promise<boolean>): Promise<void> {
    const memory = this.#open.get(organization);
    this.#open.delete(organization);
    // Takes down what the organization knows before it is disposed of.
    const written = memory?.close(async () => readSettings().keepAccess && (!isWanted || (await isWanted())));
    this.#lastWrites = Promise.all([this.#lastWrites, written]);
    await written;
  }

  async closeAll(): Promise<void> {
    await Promise.all([...this.#open.keys()].map((organization) => this.close(organization)));
  }

  /** Removes what is kept of an organization. Rejects with the error of the file system. */
  async remove(id: string): Promise<void> {
    for (const [organization, memory] of [...this.#open]) {
      if (organization.id !== id) continue;
      this.#open.delete(organization);
      await memory.remove();
    }
    await this.#lastWrites;
    const { removeMemory } = await import('./openOrganization');
    await removeMemory(this.folder, id);
  }
}
