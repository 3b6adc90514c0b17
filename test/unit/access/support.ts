import { Catalog, type CatalogRecord } from '../../../src/access/catalog/catalog';
import { Organization } from '../../../src/access/organization';
import { OpenAIAdmin } from '../../../src/openai';
import { type Emulator, startEmulator } from '../../emulator';

export const checkpoint = 'ft:gpt-4o-mini-2024-07-18:harbor-labs:test-bot:Zz9Yy8Xx';

/** IDs of projects in the emulator's organization, without any access yet. */
export function newProjects(emulator: Emulator, count: number): string[] {
  return Array.from(
    { length: count },
    (_, index) => emulator.organization.state.addProject(`Test ${index}`).id,
  );
}

/** As {@link organizationAt}, with the clocks that the product has. */
export function steadyOrganizationAt(emulator: Pick<Emulator, 'adminAPIKey' | 'baseURL'>): Organization {
  return connected(emulator, [checkpoint], 0);
}

/** An organization with the real client, connected to the emulator. `now` is its only clock. */
export function organizationAt(
  emulator: Pick<Emulator, 'adminAPIKey' | 'baseURL'>,
  checkpoints: readonly string[] = [checkpoint],
  now: () => number = Date.now,
  maxRetries = 0,
): Organization {
  return connected(emulator, checkpoints, maxRetries, now);
}

function connected(
  emulator: Pick<Emulator, 'adminAPIKey' | 'baseURL'>,
  checkpoints: readonly string[],
  maxRetries: number,
  now?: () => number,
): Organization {
  const client = new OpenAIAdmin({
    adminAPIKey: emulator.adminAPIKey,
    baseURL: emulator.baseURL,
    timeout: 5000,
    maxRetries,
  });
  return new Organization({
    id: 'test',
    name: 'Test',
    isSample: false,
    client,
    catalog: new Catalog(keptInMemory(checkpoints)),
    ...(now && { now }),
  });
}

/** The fixture of a domain test, created for each test. */
export interface Place {
  emulator: Emulator;
  organization: Organization;
}

/**
 * Starts an emulator with this many permissions for {@link checkpoint}, and an organization connected to it.
 * `prepare` runs before the organization is created.
 */
export function usePlace(permissions: number, prepare?: (emulator: Emulator) => void): Place {
  const place = {} as Place;
  before(async () => {
    place.emulator = await startEmulator();
  });
  after(() => place.emulator.stop());
  beforeEach(() => {
    const { emulator } = place;
    emulator.reset();
    emulator.organization.addCheckpoint(checkpoint, { permissions });
    prepare?.(emulator);
    place.organization = organizationAt(emulator);
  });
  afterEach(() => place.organization.dispose());
  return place;
}

export function keptInMemory(checkpoints: readonly string[] = []) {
  let kept: unknown = { version: 1, checkpoints };
  return {
    read: () => kept,
    write: async (record: CatalogRecord) => {
      kept = record;
    },
  };
}

/** The permissions on the server. */
export function projectsOnServer(emulator: Emulator, id = checkpoint): string[] {
  const found = emulator.organization.state.checkpoints.get(id);
  return found ? found.permissions.all().map((permission) => permission.project_id) : [];
}

export function changes(emulator: Emulator): string[] {
  return emulator.requests.filter(({ method }) => method !== 'GET').map(({ method }) => method);
}
