import { createSampleOrganization } from '../../../src/sample';
import { type Emulator, type EmulatorOptions, startEmulator } from '../../emulator';

export const organizationName = 'acme-corp';
export const support = 'ft:gpt-4.1-mini-2025-04-14:acme-corp:support:CZtsdFlR';
export const reader = 'ft:gpt-4.1-mini-2025-04-14:acme-corp:reader:CYaa11bb';

/** A small organization: two models, and six projects. */
export interface Acme {
  readonly emulator: Emulator;
  /** IDs of projects by their names, `a` to `f`. `a` owns both models. */
  readonly projects: Readonly<Record<ProjectName, string>>;
}

type ProjectName = 'a' | 'b' | 'c' | 'd' | 'e' | 'f';

const names: readonly ProjectName[] = ['a', 'b', 'c', 'd', 'e', 'f'];

/** `support` is shared with b and c, `reader` with b. */
export async function startAcme(options: EmulatorOptions = {}): Promise<Acme> {
  const projects: Partial<Record<ProjectName, string>> = {};
  const emulator = await startEmulator({
    ...options,
    create: (given) =>
      createSampleOrganization({
        ...given,
        name: 'Acme',
        slug: organizationName,
        fill(organization) {
          for (const name of names) projects[name] = organization.state.addProject(`Project ${name}`).id;
          const { a: owner = '', b = '', c = '' } = projects;
          organization.addCheckpoint(support, { owner, permissions: [b, c] });
          organization.addCheckpoint(reader, { owner, permissions: [b] });
        },
      }),
  });
  return { emulator, projects: projects as Record<ProjectName, string> };
}

/** A grant of a file. */
export interface WrittenGrant {
  readonly project: string;
  readonly name?: string;
  readonly reason?: string;
  readonly until?: string;
}

/** The text of an access file. */
export function accessFile(
  checkpoints: Readonly<
    Record<string, { readonly ownership: 'exact' | 'additive'; readonly grants: readonly WrittenGrant[] }>
  >,
  more: Readonly<Record<string, unknown>> = {},
): string {
  return `${JSON.stringify({ version: 1, organization: organizationName, ...more, checkpoints }, undefined, 2)}\n`;
}

/** The projects that may use a checkpoint by now, oldest permission first. */
export function projectsWith({ organization }: Emulator, checkpoint: string): string[] {
  const { permissions } = organization.state.checkpoints.get(checkpoint) ?? {};
  return permissions?.all().map(({ project_id }) => project_id) ?? [];
}

/** The changes that a server was asked for, in their order. */
export function changesAt({ requests }: Emulator): string[] {
  return requests.flatMap(({ method, path, body }) =>
    method === 'GET'
      ? []
      : [method === 'POST' ? `grant ${JSON.stringify(body)}` : `revoke ${path.split('/').at(-1)}`],
  );
}
