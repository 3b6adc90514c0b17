import { execFile } from 'node:child_process';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { obtainSDK } from '../../host/vscode/sdk';
import { median } from '../median';

const run = promisify(execFile);
const coldProcesses = 11;

/** Cost of loading a minified bundle. */
export interface LoadResult {
  readonly title: string;
  readonly bytes: number;
  /** Median of cold processes, in milliseconds. */
  readonly load: number;
  /** From loaded to the first page read, a connection included; median, in milliseconds. */
  readonly firstPage?: number;
}

interface Source {
  readonly title: string;
  readonly entry: string;
  /** Whether the bundle exports `firstPage`. The parts of our client do not. */
  readonly isWhole: boolean;
  readonly external?: string[];
}

export const transportTitle = 'ours, loaded with the first request';

const sources: readonly Source[] = [
  { title: 'SDK', entry: 'test/bench/loading/sdk.ts', isWhole: true },
  { title: 'ours, all of it', entry: 'test/bench/loading/ours.ts', isWhole: true },
  {
    title: 'ours, before the first request',
    entry: 'src/openai/index.ts',
    isWhole: false,
    external: ['*/undici/transport.js'],
  },
  { title: transportTitle, entry: 'src/openai/undici/transport.ts', isWhole: false },
];

/** Bundles our client and the SDK as for shipping, and loads them alternately in cold processes. */
export async function measureLoading(baseURL: string): Promise<LoadResult[]> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-'));
  try {
    const alias = { openai: await obtainSDK() };
    const bundles = await Promise.all(
      sources.map(async (source, index) => {
        const file = join(folder, `${index}.js`);
        await bundle(source, file, alias);
        const took = { load: [] as number[], firstPage: [] as number[] };
        return { ...source, file, bytes: (await stat(file)).size, took };
      }),
    );
    for (let time = 0; time < coldProcesses; time += 1)
      for (const { file, isWhole, took } of bundles) {
        const args = [join(__dirname, 'cold.js'), file, ...(isWhole ? [baseURL] : [])];
        const { load, firstPage } = JSON.parse((await run(process.execPath, args)).stdout);
        took.load.push(load);
        if (firstPage !== undefined) took.firstPage.push(firstPage);
      }
    return bundles.map(({ title, bytes, isWhole, took }) => ({
      title,
      bytes,
      load: median(took.load),
      ...(isWhole && { firstPage: median(took.firstPage) }),
    }));
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function bundle({ entry, external = [] }: Source, outfile: string, alias: { openai: string }) {
  await build({
    entryPoints: [entry],
    outfile,
    external,
    alias,
    platform: 'node',
    target: 'node20.18',
    format: 'cjs',
    bundle: true,
    minify: true,
    legalComments: 'none',
    logLevel: 'warning',
  });
}
