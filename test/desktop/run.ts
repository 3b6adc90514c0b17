// `node out/test/desktop/run.js [--oldest]`: the host tests that need no restart, in a desktop VS Code that is downloaded
// from its maker: for machines that can. Builds nothing.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runTests } from '@vscode/test-electron';
import { cacheFolder, projectRoot } from '../host/vscode/paths';
import { pieces } from '../host/vscode/pieces';

const { values: asked } = parseArgs({ options: { oldest: { type: 'boolean', default: false } } });

async function main(): Promise<number> {
  const version = pieces[asked.oldest ? 'oldest' : 'current'].vscode;
  const data = await mkdtemp(join(tmpdir(), 'cp-'));
  try {
    await runTests({
      version,
      cachePath: cacheFolder,
      extensionDevelopmentPath: projectRoot,
      extensionTestsPath: join(projectRoot, 'out/test/host/index.js'),
      launchArgs: [data, `--user-data-dir=${data}`, '--disable-extensions', '--disable-workspace-trust'],
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

void main().then((code) => process.exit(code));
