import { Catalog } from '../../src/access/catalog/catalog';
import { Organization } from '../../src/access/organization';
import type { OpenAIAdmin, Permission, Project } from '../../src/openai';

/** The size of an organization: every project but the first has access to each checkpoint, or one in `oneIn`. */
export interface Size {
  readonly projects: number;
  readonly checkpoints: number;
  readonly oneIn?: number;
}

const start = Date.UTC(2026, 2, 4, 12);
/** The clock of the organization, in milliseconds since 1970. */
export const now = start + 60_000;

export const projectId = (index: number) => `proj_${String(index).padStart(24, '0')}`;
export const checkpointId = (index: number) =>
  `ft:gpt-4.1-2025-04-14:harbor-labs:model-${index}:${String(index).padStart(8, '0')}`;

/** An organization of any size whose client answers from memory. Everything is loaded. */
export async function loadedOrganization(size: Size): Promise<Organization> {
  const organization = organizationInMemory(size);
  await organization.projects.read();
  for (const id of organization.catalog.ids) await organization.permissions.readAll(id);
  return organization;
}

/** The same before anything is loaded. */
export function organizationInMemory({ projects, checkpoints, oneIn = 2 }: Size): Organization {
  const client = {
    baseURL: 'http://127.0.0.1:9/v1',
    close: async () => undefined,
    fineTuning: {
      checkpoints: {
        permissions: {
          list: async (checkpoint: string) => ({
            object: 'list',
            data: permissionsOf(Number(checkpoint.slice(-8)), projects, oneIn),
            has_more: false,
          }),
        },
      },
    },
    admin: {
      organization: {
        projects: {
          list: async () => ({
            async *wholeList(): AsyncGenerator<Project> {
              for (let index = 0; index < projects; index += 1) yield projectAt(index);
            },
          }),
        },
      },
    },
    onMissingScopes: () => undefined,
  } as unknown as OpenAIAdmin;
  const ids = Array.from({ length: checkpoints }, (_, index) => checkpointId(index));
  let kept: unknown = { version: 1, checkpoints: ids };
  const catalog = new Catalog({
    read: () => kept,
    write: async (record) => {
      kept = record;
    },
  });
  return new Organization({ id: 'large', name: 'Large', isSample: false, client, catalog, now: () => now });
}

function projectAt(index: number): Project {
  const name = `${['Support', 'Billing', 'Harbour', 'Fleet'][index % 4]} project ${index}`;
  const status = index % 25 === 24 ? 'archived' : 'active';
  return { id: projectId(index), object: 'organization.project', created_at: 1, status, name };
}

function permissionsOf(checkpoint: number, projects: number, oneIn: number): Permission[] {
  const permissions: Permission[] = [];
  for (let index = 1; index < projects; index += 1) {
    if ((index + checkpoint) % oneIn !== 0) continue;
    permissions.push({
      id: `cp_${String(checkpoint).padStart(8, '0')}${String(index).padStart(16, '0')}`,
      object: 'checkpoint.permission',
      created_at: Math.floor(start / 1000) - index,
      project_id: projectId(index),
    });
  }
  return permissions;
}
