import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createSampleOrganization, type SampleOrganization } from '../../../src/sample';
import { startEmulator } from '../../emulator';
import { accessFile, organizationName } from '../../unit/cli/acme';
import { installedTool, Workplace } from '../../unit/cli/installed';
import { median } from '../median';

const [checkpoints, permissions] = [200, 50];
const rounds = 15;

/** Figures of the packed command-line tool. */
export interface ToolFigures {
  /** Of a plan of 200 checkpoints with 50 permissions each. */
  readonly requests: number;
  /** The pages that there are: one of each list, and those of the projects. */
  readonly pages: number;
  readonly planMs: number;
  /** Milliseconds, medians of alternating rounds: the help, and a Node.js that runs an empty file. */
  readonly helpMs: number;
  readonly emptyMs: number;
  readonly tarball: number;
}

/** What the figures may be at most. */
export const mostOfTool = { startup: 2.5, tarball: 300_000 } as const;

export async function measureTool(): Promise<ToolFigures> {
  const { script, bytes: tarball, folder } = await installedTool();
  const empty = join(folder, 'empty.js');
  await writeFile(empty, '');
  const [help, nothing]: [number[], number[]] = [[], []];
  for (let round = 0; round < rounds; round += 1) {
    nothing.push(await timeOf([empty]));
    help.push(await timeOf([script, '--help']));
  }
  return { ...(await plan()), helpMs: median(help), emptyMs: median(nothing), tarball };
}

async function timeOf(args: readonly string[]): Promise<number> {
  const began = performance.now();
  const [code] = await once(spawn(process.execPath, args, { stdio: 'ignore' }), 'close');
  if (code !== 0) throw new Error(`${args.join(' ')} ended with ${code}.`);
  return performance.now() - began;
}

async function plan(): Promise<Pick<ToolFigures, 'requests' | 'pages' | 'planMs'>> {
  const emulator = await startEmulator({
    create: (options) => createSampleOrganization({ ...options, slug: organizationName, fill }),
  });
  const workplace = await Workplace.open(emulator);
  try {
    const { state, checkpoints: ids } = emulator.organization;
    const all = ids.map((id) => {
      const live = state.checkpoints.get(id)?.permissions.all() ?? [];
      return [
        id,
        { ownership: 'exact' as const, grants: live.map(({ project_id: project }) => ({ project })) },
      ] as const;
    });
    await workplace.write(accessFile(Object.fromEntries(all)));
    const began = performance.now();
    const { code, stdout } = await workplace.run(['plan']);
    if (code !== 0) throw new Error(stdout);
    const planMs = performance.now() - began;
    const pages = checkpoints + Math.ceil(state.projects.size / 100);
    return { requests: emulator.requests.length, pages, planMs };
  } finally {
    await workplace.close();
    await emulator.stop();
  }
}

function fill(organization: SampleOrganization): void {
  const projects = Array.from(
    { length: permissions },
    (_, index) => organization.state.addProject(`Project ${index}`).id,
  );
  const owner = organization.state.addProject('Owner').id;
  for (let number = 0; number < checkpoints; number += 1) {
    const id = `ft:gpt-4.1-2025-04-14:acme-corp:model-${number}:${`${number}`.padStart(8, 'A')}`;
    organization.addCheckpoint(id, { owner, permissions: projects });
  }
}
