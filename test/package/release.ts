// `node out/test/package/release.js [--pre-release] [--dry-run]`: publishes the extension that was built, first on the
// Visual Studio Marketplace, then on Open VSX. Builds nothing. Who publishes is said by Microsoft Entra ID (whoever is
// signed in, by `az login` for example) and by the environment variable OVSX_PAT.
import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { checkAndReport } from './check';
import { pack, readManifest } from './pack';
import { obstaclesOf } from './releasing';

const { values: asked } = parseArgs({
  options: {
    'pre-release': { type: 'boolean', default: false },
    'dry-run': { type: 'boolean', default: false },
  },
});

/** It needs Node.js 22, newer than the project does, so it is fetched when it is used. */
const openVSX = 'ovsx@1.3.0';

const git = (...args: string[]): string => execFileSync('git', args, { encoding: 'utf8' }).trim();

async function main(): Promise<void> {
  const project = process.cwd();
  const { version, repository } = await readManifest(project);
  const preRelease = asked['pre-release'];
  const obstacles = obstaclesOf({
    version,
    repository,
    channel: preRelease ? 'preRelease' : 'release',
    changelog: await readFile(join(project, 'CHANGELOG.md'), 'utf8'),
    uncommitted: git('status', '--porcelain'),
    tags: git('tag', '--points-at', 'HEAD').split('\n'),
  });
  const npm = process.env.npm_execpath;
  if (!npm) obstacles.push('npm did not start this: run "npm run release".');
  if (!process.env.OVSX_PAT) obstacles.push('OVSX_PAT is not set: Open VSX would not accept the package.');
  for (const obstacle of obstacles) console.error(`✘ ${obstacle}`);
  if (!npm || obstacles.length > 0) {
    process.exitCode = 1;
    return;
  }

  const vsix = await pack(project, preRelease);
  if (!checkAndReport(project, vsix)) {
    process.exitCode = 1;
    return;
  }
  const channel = preRelease ? ['--pre-release'] : [];
  const vsce = require.resolve('@vscode/vsce/vsce');
  const steps = [
    [vsce, 'publish', '--azure-credential', ...channel, '--packagePath', vsix],
    // The package itself says its channel there. Without a shell, a path can have any characters.
    [npm, 'exec', '--yes', '--', openVSX, 'publish', vsix],
  ];
  for (const args of steps) {
    console.log(`${asked['dry-run'] ? 'Would run' : 'Running'}: node ${args.join(' ')}`);
    if (!asked['dry-run']) execFileSync(process.execPath, args, { stdio: 'inherit' });
  }
}

void main();
