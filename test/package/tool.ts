import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { npm } from '../host/vscode/npm';
import { readmeOfInstalled } from './readme';

/** The package of the command-line tool. */
export const toolName = 'checkpoint-access';

/** What it may weigh, in bytes, as `npm pack` makes it. */
export const largestTool = 300_000;

/** Whose code is in it, and under which licenses. */
const notices = 'ThirdPartyNotices.txt';

/** All that it has, besides its scripts. */
const files = ['LICENSE', 'README.md', 'package.json', notices] as const;

/** A packed tool. */
export interface PackedTool {
  readonly tarball: string;
  readonly bytes: number;
}

/**
 * Builds the command-line tool and packs it as a package of its own. Its manifest is made here, so that it has no scripts and
 * depends on nothing: undici and jsonc-parser are in its files.
 *
 * @param folder for the files, which is emptied
 * @param destination for the tarball
 */
export async function packTool(project: string, folder: string, destination: string): Promise<PackedTool> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await built(project, join(folder, 'dist'));
  const manifest = JSON.parse(await readFile(join(project, 'package.json'), 'utf8')) as {
    readonly version: string;
    readonly license: string;
  };
  const { version, license } = manifest;
  const own = {
    name: toolName,
    version,
    description: 'Keeps the access of OpenAI projects to fine-tuned models as a reviewed file says.',
    license,
    bin: { [toolName]: `dist/${toolName}.js` },
    files: ['dist', notices],
    engines: { node: '>=20.18.1' },
  };
  await writeFile(join(folder, 'package.json'), `${JSON.stringify(own, undefined, 2)}\n`);
  const page = await readFile(join(project, 'docs', 'access-as-code.md'), 'utf8');
  await writeFile(join(folder, 'README.md'), readmeOfInstalled(page));
  await copyFile(join(project, 'LICENSE'), join(folder, 'LICENSE'));
  await rename(join(folder, 'dist', notices), join(folder, notices));
  await checkContents(folder);
  await npm(
    [
      'pack',
      folder,
      '--pack-destination',
      destination,
      '--ignore-scripts',
      '--no-update-notifier',
      '--loglevel=error',
    ],
    project,
  );
  const tarball = join(destination, `${toolName}-${version}.tgz`);
  const { size: bytes } = await stat(tarball);
  if (bytes > largestTool) throw new Error(`${tarball} has ${bytes} bytes, more than ${largestTool}.`);
  return { tarball, bytes };
}

/** Anything that isn't meant to be there is a mistake. */
async function checkContents(folder: string): Promise<void> {
  const strange = (await readdir(folder)).filter(
    (name) => name !== 'dist' && !(files as readonly string[]).includes(name),
  );
  const scripts = (await readdir(join(folder, 'dist'))).filter((name) => !/^[\w-]+\.js$/.test(name));
  if (strange.length + scripts.length > 0)
    throw new Error(`These should not be in the package: ${[...strange, ...scripts].join(', ')}.`);
}

async function built(project: string, folder: string): Promise<void> {
  const child = spawn(process.execPath, ['esbuild.mjs', '--cli', '--outdir', folder], {
    cwd: project,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`esbuild ended with ${code}.`);
}
