import type { Listing } from '../../../../src/access/loading/listing';
import { nothingKnown, type Snapshot } from '../../../../src/access/loading/snapshot';
import { Matrix, type MatrixSource } from '../../../../src/access/matrix/matrix';
import { StagedChanges } from '../../../../src/access/plan/staged';
import { APIUserAbortError, type Permission, type Project } from '../../../../src/openai';

export const [one, other] = [
  'ft:gpt-4o-mini-2024-07-18:harbor-labs:one:Aa1Bb2Cc',
  'ft:gpt-4.1-2025-04-14:harbor-labs:other:Dd3Ee4Ff:ckpt-step-8',
];

export function permission(project: string, id = `cp_${project}`, created = 1000): Permission {
  return { id, object: 'checkpoint.permission', created_at: created, project_id: project };
}

export function listing(
  projects: readonly (string | Permission)[],
  ending: Listing['ending'] = { kind: 'complete' },
): Listing {
  const permissions = projects.map((each) => (typeof each === 'string' ? permission(each) : each));
  return { permissions, ending, isNewestFirst: true, readAt: 0 };
}

/** A matrix of given data, without a server. */
export class Known implements MatrixSource {
  readonly snapshots = new Map<string, Snapshot>();
  readonly directory = new Map<string, Project>();
  readonly refusals = new Map<string, string>();
  readonly owners = {
    get: (id: string) => {
      const project = this.refusals.get(id);
      return project === undefined ? undefined : { project, at: 0 };
    },
  };
  readonly found = new Map<string, string>();
  readonly staged = new StagedChanges();
  now = 0;
  readonly matrix: Matrix;

  constructor(readonly checkpoints: readonly string[] = [one, other]) {
    this.matrix = new Matrix(this, () => this.now);
  }

  reads(checkpoint: string, ...given: Parameters<typeof listing>): void {
    this.snapshots.set(checkpoint, { listing: listing(...given), reading: false });
  }

  fails(checkpoint: string, error: unknown = new APIUserAbortError()): void {
    const { listing: before } = this.snapshots.get(checkpoint) ?? {};
    const failure = { error, during: 'read' } as const;
    this.snapshots.set(checkpoint, { ...(before && { listing: before }), failure, reading: false });
  }

  has(id: string, name?: string, status = 'active'): void {
    this.directory.set(id, { id, object: 'organization.project', created_at: 0, status, name: name ?? null });
  }

  snapshotOf = (checkpoint: string): Snapshot => this.snapshots.get(checkpoint) ?? nothingKnown;

  get catalog(): MatrixSource['catalog'] {
    const entry = (id: string) => ({
      id,
      findings: [],
      ...(this.found.has(id) && { owner: this.found.get(id) }),
    });
    return { ids: this.checkpoints, entry } as unknown as MatrixSource['catalog'];
  }

  get permissions(): MatrixSource['permissions'] {
    return { snapshot: this.snapshotOf } as unknown as MatrixSource['permissions'];
  }

  get projects(): MatrixSource['projects'] {
    return {
      snapshot: { projects: this.directory, reading: false },
      nameOf: (id: string) => this.directory.get(id)?.name ?? undefined,
      isArchived: (id: string) => this.directory.get(id)?.status === 'archived',
      isArchivedNow: (id: string) => this.directory.get(id)?.status === 'archived',
    } as unknown as MatrixSource['projects'];
  }
}
