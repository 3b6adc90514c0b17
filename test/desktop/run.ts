// `node out/test/desktop/run.js [--vscode oldest|current|stable|insiders]`: the host tests that need no restart, in a
// desktop VS Code that is downloaded from its maker: for machines that can. Builds nothing.
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runTests } from '@vscode/test-electron';
import { cacheFolder, projectRoot } from '../host/vscode/paths';
import { pieces } from '../host/vscode/pieces';

const { values: asked } = parseArgs({ options: { vscode: { type: 'string', default: 'current' } } });

/** The version to download: of the other suites, or what is newest today. */
function versionOf(name: string): string {
  if (name === 'oldest' || name === 'current') return pieces[name].vscode;
  if (name === 'stable' || name === 'insiders') return name;
  throw new Error(`--vscode is oldest, current, stable, or insiders, and not ${name}.`);
}

async function main(): Promise<number> {
  const version = versionOf(asked.vscode);
  const data = await mkdtemp(join(tmpdir(), 'cp-'));
  const workspace = join(data, 'workspace');
  await mkdir(workspace);
  try {
    await runTests({
      version,
      cachePath: cacheFolder,
      extensionDevelopmentPath: projectRoot,
      extensionTestsPath: join(projectRoot, 'out/test/host/index.js'),
      launchArgs: [
        workspace,
        `--user-data-dir=${data}`,
        '--disable-extensions',
        '--disable-workspace-trust',
        // Where no keyring is unlocked, VS Code asks about it, and nobody is there to answer.
        '--use-inmemory-secretstorage',
      ],
    });
    return 0;
  } catch (error) {
    console.error(`VS Code ${version}: ${(error as Error).message}`);
    console.error(
      'Where VS Code cannot be downloaded, "npm run test:host" runs the same tests in the one it gets from npm.',
    );
    return 1;
  } finally {
    await rm(data, { recursive: true, force: true });
  }
}

void main().then(
  (code) => process.exit(code),
  (error: Error) => {
    console.error(error.message);
    process.exit(1);
  },
);
