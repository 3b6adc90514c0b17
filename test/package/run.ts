import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createVSIX, listFiles, PackageManager } from '@vscode/vsce';
import { checkPackage } from './check';
import { readmeOfInstalled } from './readme';

/** Packages the extension that was built, prints the sizes and fails on what should not ship. */
async function main(): Promise<void> {
  const project = process.cwd();
  const { name, version } = JSON.parse(await readFile(join(project, 'package.json'), 'utf8')) as Record<
    string,
    string
  >;
  const vsix = join(project, `${name}-${version}.vsix`);
  const folder = join(project, 'out', 'package');
  await gather(project, folder);
  await createVSIX({
    cwd: folder,
    packagePath: vsix,
    // Everything that runs is in the bundles.
    dependencies: false,
    // There is no public repository that links could lead to: those that are left are complete.
    rewriteRelativeLinks: false,
    allowMissingRepository: true,
  });
  const { sizes, problems } = checkPackage(project, vsix);
  for (const [what, size] of sizes) console.log(`${size.toLocaleString('en').padStart(9)} bytes  ${what}`);
  for (const problem of problems) console.error(`✘ ${problem}`);
  if (problems.length > 0) process.exitCode = 1;
}

/** Copies what ships into a folder of its own, the README as an installed extension shows it. */
async function gather(project: string, folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  for (const file of await listFiles({ cwd: project, packageManager: PackageManager.None })) {
    await mkdir(dirname(join(folder, file)), { recursive: true });
    await cp(join(project, file), join(folder, file));
  }
  const readme = join(folder, 'README.md');
  await writeFile(readme, readmeOfInstalled(await readFile(readme, 'utf8')));
}

void main();
