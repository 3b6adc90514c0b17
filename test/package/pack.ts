import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createVSIX, listFiles, PackageManager } from '@vscode/vsce';
import { addressesOf } from './addresses';
import { readmeOfInstalled } from './readme';

/** The parts of `package.json` that packing and releasing look at. */
export interface Manifest {
  readonly name: string;
  readonly version: string;
  /** The address of the repository, or empty while it has none. All other addresses are made of it. */
  readonly repository: string;
}

export async function readManifest(project: string): Promise<Manifest> {
  return JSON.parse(await readFile(join(project, 'package.json'), 'utf8')) as Manifest;
}

/**
 * Packages an extension that was built, and returns the path of the `.vsix` file in its folder.
 *
 * While it has no address, pictures are left out of the README. Once it has one, links and pictures become addresses of
 * the tag of this version.
 *
 * @param preRelease whether it is for the channel of pre-releases
 */
export async function pack(project: string, preRelease = false): Promise<string> {
  const { name, version, repository } = await readManifest(project);
  const vsix = join(project, `${name}-${version}.vsix`);
  const folder = join(project, 'out', 'package');
  await gather(project, folder);
  await createVSIX({
    cwd: folder,
    packagePath: vsix,
    preRelease,
    // Everything that runs is in the bundles.
    dependencies: false,
    rewriteRelativeLinks: repository !== '',
    githubBranch: `v${version}`,
    allowMissingRepository: true,
  });
  return vsix;
}

/** Copies what ships into a folder of its own, the README and the manifest as an installed extension has them. */
async function gather(project: string, folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  for (const file of await listFiles({ cwd: project, packageManager: PackageManager.None })) {
    await mkdir(dirname(join(folder, file)), { recursive: true });
    await cp(join(project, file), join(folder, file));
  }
  await cp(join(project, 'dist', 'ThirdPartyNotices.txt'), join(folder, 'ThirdPartyNotices.txt'));
  // Without such a file, vsce warns of what could be too much.
  await writeFile(join(folder, '.vscodeignore'), '# All of this folder ships.\n');
  const edit = async (file: string, change: (text: string) => string): Promise<void> =>
    writeFile(join(folder, file), change(await readFile(join(folder, file), 'utf8')));
  await edit('package.json', (text) => {
    const { repository, ...manifest } = JSON.parse(text) as Manifest;
    return JSON.stringify({ ...manifest, ...addressesOf(repository) }, undefined, 2);
  });
  const { repository } = await readManifest(project);
  if (repository === '') await edit('README.md', readmeOfInstalled);
}
