// Builds what ships (dist/, one file a bundle) or, with --tests, the same sources file by file (out/) for mocha. With
// --outdir it writes to another folder, and with --cli it builds the command-line tool. Beside the bundles it writes whose
// code is in them, and under which licenses.
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import * as esbuild from 'esbuild';
import { thirdPartyNotices } from './thirdPartyNotices.mjs';

const watch = process.argv.includes('--watch');

function option(name) {
  const at = process.argv.indexOf(name);
  return at < 0 ? undefined : process.argv[at + 1];
}

const isTool = process.argv.includes('--cli');
const distFolder = option('--outdir') ?? (isTool ? 'out/tool/dist' : 'dist');

/** Its main file is a module loader of its own, through which esbuild sees nothing. */
const alias = { 'jsonc-parser': 'jsonc-parser/lib/esm/main.js' };

/** The command, and its package. */
const toolName = 'checkpoint-access';

/**
 * Each entry is a file of its own, loaded when the code reaches its `import()`: activation loads `extension` only. What
 * several of them use goes into a file that they share.
 */
const entryPoints = {
  extension: 'src/extension.ts',
  views: 'src/views/viewsBundle.ts',
  commands: 'src/commands/handlers.ts',
  tools: 'src/commands/agents/tools.ts',
  organization: 'src/organizations/openOrganization.ts',
  'access-file': 'src/views/accessFile/fileFeatures.ts',
  access: 'src/views/access/pageRegistry.ts',
  sample: 'src/organizations/sample.ts',
  'undici-transport': 'src/openai/undici/transport.ts',
};

/** What runs in webviews: a script and its style sheet each, with all they need in them. */
const pages = {
  'access-page': 'src/pages/access/main.ts',
};

/** @type {esbuild.BuildOptions} */
const common = {
  platform: 'node',
  target: 'node20.18',
  // The build task of the editor reads what is said while watching.
  logLevel: watch ? 'info' : 'warning',
  legalComments: 'none',
};

async function sourcesUnder(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && /(?<!\.d)\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
}

async function buildTests() {
  await rm(option('--outdir') ?? 'out', { recursive: true, force: true });
  await esbuild.build({
    ...common,
    entryPoints: [...(await sourcesUnder('src')), ...(await sourcesUnder('test'))],
    format: 'cjs',
    outbase: '.',
    outdir: option('--outdir') ?? 'out',
    sourcemap: 'linked',
  });
}

/** esbuild shares code between files only as ES modules; VS Code loads CommonJS, so each file is turned into that. */
/** @type {esbuild.Plugin} */
const asCommonJS = {
  name: 'as-commonjs',
  setup(build) {
    build.onEnd(async ({ outputFiles = [] }) => {
      await mkdir(distFolder, { recursive: true });
      for (const { path, text } of outputFiles) {
        const { code } = await esbuild.transform(text, {
          ...common,
          // Node's would add the names once more for who imports CommonJS as a module, which nobody does here.
          platform: 'neutral',
          format: 'cjs',
          minify: !watch,
          sourcemap: watch ? 'inline' : false,
          logLevel: 'warning',
          // An import() of CommonJS would not see its names; require does.
          supported: { 'dynamic-import': false },
        });
        await writeFile(path, code);
      }
    });
  },
};

/**
 * undici hands each request with its headers, and so the key, to whoever subscribed to its diagnostics channels, and with
 * NODE_DEBUG it subscribes itself and logs. Its copy in the bundle gets channels that nobody can subscribe to.
 *
 * @type {esbuild.Plugin}
 */
const silentDiagnostics = {
  name: 'silent-diagnostics',
  setup(build) {
    build.onResolve({ filter: /^(?:node:)?diagnostics_channel$/ }, () => ({
      path: resolve('src/openai/undici/silentDiagnostics.cjs'),
    }));
  },
};

/**
 * undici carries its parser of HTTP twice, and tries the variant for processors with SIMD first. The other one runs
 * everywhere, and no list of permissions is long enough to notice which one reads it, so only that is in the bundle.
 *
 * @type {esbuild.Plugin}
 */
const oneParser = {
  name: 'one-parser',
  setup(build) {
    build.onResolve({ filter: /\/llhttp_simd-wasm\.js$/ }, () => ({
      path: resolve('src/openai/undici/noModule.cjs'),
    }));
  },
};

/** @type {esbuild.BuildOptions} */
const forBrowser = {
  entryPoints: pages,
  bundle: true,
  format: 'iife',
  platform: 'browser',
  // The browser of the oldest VS Code that is supported; the style sheet is written for it already.
  target: 'chrome132',
  minify: !watch,
  sourcemap: watch ? 'inline' : false,
  logLevel: common.logLevel,
  legalComments: 'none',
  outdir: distFolder,
  metafile: true,
};

async function buildBundles() {
  await rm(distFolder, { recursive: true, force: true });
  const context = await esbuild.context({
    ...common,
    entryPoints,
    bundle: true,
    splitting: true,
    format: 'esm',
    // The names that files have for each other are short, too.
    minify: !watch,
    sourcemap: watch ? 'inline' : false,
    chunkNames: 'shared-[hash]',
    outdir: distFolder,
    external: ['vscode'],
    alias,
    write: false,
    metafile: true,
    plugins: [silentDiagnostics, oneParser, asCommonJS],
  });
  const contexts = [context, await esbuild.context(forBrowser)];
  const metafiles = [];
  for (const each of contexts) {
    if (watch) {
      await each.watch();
    } else {
      metafiles.push((await each.rebuild()).metafile);
      await each.dispose();
    }
  }
  if (!watch) await writeNotices(metafiles);
}

/** Writes whose code is in bundles. */
async function writeNotices(metafiles) {
  const text = await thirdPartyNotices(metafiles, process.cwd());
  await writeFile(join(distFolder, 'ThirdPartyNotices.txt'), text);
}

/**
 * The command-line tool: a small file that knows its arguments and its help, and what that loads when there is more to do.
 * It is a package of its own, and nothing of it is in the extension.
 */
async function buildTool() {
  await rm(distFolder, { recursive: true, force: true });
  const { metafile } = await esbuild.build({
    ...common,
    entryPoints: { [toolName]: 'src/cli/main.ts' },
    bundle: true,
    splitting: true,
    format: 'esm',
    minifySyntax: true,
    chunkNames: '[name]-[hash]',
    outdir: distFolder,
    alias,
    write: false,
    metafile: true,
    plugins: [silentDiagnostics, oneParser, asCommonJS],
  });
  await writeNotices([metafile]);
}

/** What is built: the bundles of the extension, unless another is asked for. */
function build() {
  if (process.argv.includes('--tests')) return buildTests();
  return isTool ? buildTool() : buildBundles();
}

await build();
