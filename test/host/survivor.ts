import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { type Emulator, startEmulator } from '../emulator';

/** Controls an emulator that outlives the extension host: reads its changes and access, and resets it. */
export interface Survivor {
  /** Base URL of the emulated API. Its key is `test-admin-key`. */
  readonly baseURL: string;
  /** URL for control requests: GET returns a {@link State}, POST resets to a {@link Beginning}. */
  readonly control: string;
}

/** Starts an emulator in this process, which continues when an extension host ends. */
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

/** The initial organization: each checkpoint with the indexes of the projects that have access. */
export interface Beginning {
  readonly projects: readonly string[];
  readonly access: Readonly<Record<string, readonly number[]>>;
}

/** What arrived since the reset, and the current access. */
export interface State {
  /** `METHOD path status` of each request, in order of arrival. */
  readonly requests: readonly string[];
  /** Those that change something. */
  readonly changes: readonly string[];
  /** IDs of the projects with access, by checkpoint. */
  readonly access: Readonly<Record<string, readonly string[]>>;
}

async function answer(emulator: Emulator, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const found =
    request.method === 'POST' ? begin(emulator, JSON.parse(await text(request))) : stateOf(emulator);
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(found));
}

/** Resets the organization and returns the IDs of its projects. */
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
  const inWords = requests.map(({ method, path, status }) => `${method} ${path} ${status}`);
  const access = [...organization.state.checkpoints].map(([id, { permissions }]) => [
    id,
    permissions.all().map(({ project_id }) => project_id),
  ]);
  return {
    requests: inWords,
    changes: inWords.filter((request) => !request.startsWith('GET')),
    access: Object.fromEntries(access),
  };
}
