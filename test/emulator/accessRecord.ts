import type { SampleOrganization } from '../../src/sample';
import type { PermissionObject } from '../../src/sample/state/permissionIndex';

/** The permissions of a checkpoint from one moment on, oldest first. */
interface Version {
  readonly from: number;
  readonly permissions: readonly PermissionObject[];
}

/** Who had access when: every state that an organization has been in. Moments are counted, not timed. */
export class AccessRecord {
  readonly #versions = new Map<string, Version[]>();
  #moment = 0;

  constructor(private readonly organization: SampleOrganization) {
    this.note();
  }

  get moment(): number {
    return this.#moment;
  }

  /** Begins a new moment, with the state that the organization is in now. */
  note(): number {
    this.#moment += 1;
    for (const [id, { permissions }] of this.organization.state.checkpoints) {
      const versions = this.#versions.get(id) ?? [];
      this.#versions.set(id, versions);
      const now = permissions.all();
      const before = versions.at(-1)?.permissions;
      const isSame = before?.length === now.length && now.every((each, index) => each === before[index]);
      if (!isSame) versions.push({ from: this.#moment, permissions: now });
    }
    return this.#moment;
  }

  /** The permissions of a checkpoint at a moment. */
  at(checkpoint: string, moment: number): readonly PermissionObject[] {
    return this.#versions.get(checkpoint)?.findLast(({ from }) => from <= moment)?.permissions ?? [];
  }

  /** Whether a project had access at some of the moments, and whether it had none at some of them. */
  access(checkpoint: string, project: string, from: number, to: number): { had: boolean; hadNot: boolean } {
    const versions = this.#versions.get(checkpoint) ?? [];
    const during = versions.filter(
      (version, index) => version.from <= to && (versions[index + 1]?.from ?? to + 1) > from,
    );
    const has = during.map(({ permissions }) => permissions.some((each) => each.project_id === project));
    return { had: has.includes(true), hadNot: has.includes(false) };
  }
}
