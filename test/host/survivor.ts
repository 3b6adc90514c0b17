import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { type Emulator, startEmulator } from '../emulator';

/** What a test can ask of an emulator that outlives it: what was changed, by whom access is had, and to begin anew. */
export interface Survivor {
  /** Where the emulator answers as the API does; `test-admin-key` is its key. */
  readonly baseURL: string;
  /** Where the questions of tests are answered. */
  readonly control: string;
}

/** An organization in this process, which goes on when an extension host ends. */
export async function startSurvivor(): Promise<Survivor & { stop(): Promise<void> }> {
  const emulator = await startEmulator({ adminAPIKey: 'test-admin-key' });
  const server = createServer((request, response) => void answer(emulator, request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    baseURL: emulator.baseURL,
    control: `http://127.0.0.1:${port}`,
    async stop() {
      server.close();
      server.closeAllConnections();
      await emulator.stop();
    },
  };
}

/** What the organization is to have, each checkpoint with the places of the projects that can use it. */
export interface Beginning {
  readonly projects: readonly string[];
  readonly access: Readonly<Record<string, readonly number[]>>;
}

/** What was changed since the beginning, and what is so now. */
export interface State {
  /** `METHOD path status` of each request for a change, in the order of arrival. */
  readonly changes: readonly string[];
  /** By checkpoint, the ids of the projects that can use it. */
  readonly access: Readonly<Record<string, readonly string[]>>;
}

async function answer(emulator: Emulator, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const found =
    request.method === 'POST' ? begin(emulator, JSON.parse(await text(request))) : stateOf(emulator);
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(found));
}

/** Answers with the ids of the projects. */
function begin(emulator: Emulator, { projects, access }: Beginning): string[] {
  emulator.reset();
  const { organization } = emulator;
  const ids = projects.map((name) => organization.state.addProject(name).id);
  for (const [checkpoint, places] of Object.entries(access)) {
    organization.addCheckpoint(checkpoint, { permissions: places.map((place) => ids[place] ?? '') });
  }
  return ids;
}

function stateOf({ requests, organization }: Emulator): State {
  const changes = requests.filter(({ method }) => method !== 'GET');
  const access = [...organization.state.checkpoints].map(([id, { permissions }]) => [
    id,
    permissions.all().map(({ project_id }) => project_id),
  ]);
  return {
    changes: changes.map(({ method, path, status }) => `${method} ${path} ${status}`),
    access: Object.fromEntries(access),
  };
}
