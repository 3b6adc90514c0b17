import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type BuildOptions, build } from 'esbuild';

/** Something that is loaded, as one minified file. */
export interface Bundle {
  readonly title: string;
  readonly file: string;
  readonly bytes: number;
  /** Whether it exports `firstPage`; the parts of our client do not by themselves. */
  readonly isWhole: boolean;
}

const entries = join('test', 'bench', 'loading', 'entries');
const transport = join('src', 'openai', 'undici', 'transport.ts');

export const bundleTitles = {
  sdk: 'SDK',
  undici: 'undici, all of it',
  whole: 'ours, all of it',
  client: 'ours, before the first request',
  transport: 'ours, loaded with the first request',
} as const;

const sources: readonly { title: string; entry: string; isWhole: boolean; external?: string[] }[] = [
  { title: bundleTitles.sdk, entry: join(entries, 'sdk.ts'), isWhole: true },
  { title: bundleTitles.undici, entry: join(entries, 'undici.ts'), isWhole: true },
  { title: bundleTitles.whole, entry: join(entries, 'ours.ts'), isWhole: true },
  {
    title: bundleTitles.client,
    entry: join('src', 'openai', 'index.ts'),
    isWhole: false,
    external: ['*/undici/transport.js'],
  },
  { title: bundleTitles.transport, entry: transport, isWhole: false },
];

/** As what ships is built, each into one file of its own. */
const options: BuildOptions = {
  platform: 'node',
  target: 'node20.18',
  format: 'cjs',
  bundle: true,
  minify: true,
  legalComments: 'none',
  logLevel: 'warning',
};

/** Builds every bundle into a folder, from the sources of the project that is the current folder. */
export function buildBundles(folder: string): Promise<Bundle[]> {
  return Promise.all(
    sources.map(async ({ title, entry, isWhole, external = [] }, index) => {
      const file = join(folder, `${index}.js`);
      await build({ ...options, entryPoints: [entry], outfile: file, external });
      return { title, file, bytes: (await stat(file)).size, isWhole };
    }),
  );
}
