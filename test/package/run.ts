import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createVSIX } from '@vscode/vsce';
import { checkPackage } from './check';

/** Packages the extension that was built, prints the sizes and fails on what should not ship. */
async function main(): Promise<void> {
  const project = process.cwd();
  const { name, version } = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8')) as Record<
    string,
    string
  >;
  const vsix = join(project, `${name}-${version}.vsix`);
  await createVSIX({
    cwd: project,
    packagePath: vsix,
    // Everything that runs is in the bundles.
    dependencies: false,
    // The pictures of the README are not packed; their links stay as they are.
    rewriteRelativeLinks: false,
    allowMissingRepository: true,
  });
  const { sizes, problems } = checkPackage(project, vsix);
  for (const [what, size] of sizes) console.log(`${size.toLocaleString('en').padStart(9)} bytes  ${what}`);
  for (const problem of problems) console.error(`✘ ${problem}`);
  if (problems.length > 0) process.exitCode = 1;
}

void main();
