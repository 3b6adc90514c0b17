// Builds what ships (dist/, one file a bundle) or, with --tests, the same sources file by file (out/) for mocha.
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import * as esbuild from 'esbuild';

const watch = process.argv.includes('--watch');

/**
 * The bundles that are loaded on first use only. Each is named once here; the rest of the code reaches it with a
 * dynamic `import()` of its source, which the plugin below turns into a `require` of the bundle's file.
 */
const lazyBundles = {
  'src/openai/undici/transport.ts': 'undici-transport',
  'src/sample/index.ts': 'sample',
};

/** @type {esbuild.Plugin} */
const keepLazyBundlesApart = {
  name: 'keep-lazy-bundles-apart',
  setup(build) {
    build.onResolve({ filter: /^\.\.?\// }, async (args) => {
      if (args.kind !== 'dynamic-import' || args.pluginData === 'resolved') return undefined;
      const found = await build.resolve(args.path, {
        kind: args.kind,
        resolveDir: args.resolveDir,
        importer: args.importer,
        pluginData: 'resolved',
      });
      const source = found.path.replaceAll('\\', '/');
      const bundle = Object.entries(lazyBundles).find(([entry]) => source.endsWith(`/${entry}`));
      if (!bundle)
        throw new Error(`${args.path} is imported lazily but has no bundle of its own in esbuild.mjs`);
      return { path: `./${bundle[1]}.js`, external: true };
    });
  },
};

/** @type {esbuild.BuildOptions} */
const common = {
  platform: 'node',
  target: 'node20.18',
  format: 'cjs',
  logLevel: 'warning',
  legalComments: 'none',
};

async function sourcesUnder(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && /(?<!\.d)\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
}

async function buildTests() {
  await rm('out', { recursive: true, force: true });
  await esbuild.build({
    ...common,
    entryPoints: [...(await sourcesUnder('src')), ...(await sourcesUnder('test'))],
    outbase: '.',
    outdir: 'out',
    sourcemap: 'linked',
  });
}

async function buildBundles() {
  await rm('dist', { recursive: true, force: true });
  const options = {
    ...common,
    entryPoints: {
      extension: 'src/extension.ts',
      ...Object.fromEntries(Object.entries(lazyBundles).map(([source, name]) => [name, source])),
    },
    bundle: true,
    minify: !watch,
    sourcemap: watch ? 'linked' : false,
    outdir: 'dist',
    external: ['vscode'],
    plugins: [keepLazyBundlesApart],
  };
  if (!watch) return esbuild.build(options);
  const context = await esbuild.context({ ...options, logLevel: 'info' });
  return context.watch();
}

await (process.argv.includes('--tests') ? buildTests() : buildBundles());
