import { copyFile, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cached } from './cache';
import { fetchInto } from './fetch';
import { installLocked, PieceError } from './npm';
import { harnessSources } from './paths';
import { type Lane, pieces } from './pieces';
import { say } from './say';

/**
 * Omitted built-in extensions: two that are larger than all others together, one that needs a native module with its
 * companion, and an unused sign-in. Source maps are omitted, too.
 */
const omitted = ['copilot', 'git', 'github', 'mermaid-markdown-features', 'microsoft-authentication']
  .map((name) => `package/lib/vscode/extensions/${name}`)
  .concat('*.map');

/** Native modules that would need a compiler, with their replacements in `stubs/`. */
const stubs: Record<Lane, Record<string, string>> = {
  current: {
    '@vscode/deviceid': 'deviceId.js',
    '@vscode/native-watchdog': 'nativeWatchdog.js',
    '@vscode/spdlog': 'spdlog.js',
  },
  oldest: {
    '@vscode/deviceid': 'deviceId.js',
    '@vscode/spdlog': 'spdlog.js',
    'native-watchdog': 'nativeWatchdog.js',
  },
};

/** A VS Code server that can be started. */
export interface Server {
  lane: Lane;
  /** Version of VS Code. */
  version: string;
  /** The main script. */
  main: string;
}

/**
 * Fetches the VS Code server of a lane: `lib/vscode` of code-server's package, with its modules by a small lock file of
 * this project. The package isn't installed, because its install script compiles.
 *
 * @throws PieceError when one of them can't be fetched
 */
export async function obtainServer(lane: Lane): Promise<Server> {
  const piece = pieces[lane];
  const lock = await readFile(join(harnessSources, 'modules', lane, 'package-lock.json'), 'utf8');
  const stubSources = await Promise.all(
    Object.values(stubs[lane]).map((file) => readFile(join(__dirname, 'stubs', file), 'utf8')),
  );
  const recipe = [piece, lock, omitted, stubSources];
  const folder = await cached(`vscode-${piece.vscode}`, recipe, async (folder) => {
    const members = { take: ['package/lib/vscode'], strip: 3, except: omitted };
    await fetchInto(folder, piece, members, `VS Code ${piece.vscode}`);
    await addModules(lane, folder);
    await check(lane, folder);
  });
  return { lane, version: piece.vscode, main: join(folder, 'out/server-main.js') };
}

async function addModules(lane: Lane, folder: string): Promise<void> {
  const install = join(folder, '.install');
  await mkdir(install);
  for (const file of ['package.json', 'package-lock.json'])
    await copyFile(join(harnessSources, 'modules', lane, file), join(install, file));
  say(`VS Code ${pieces[lane].vscode}: installing its modules`);
  await installLocked(`The modules of VS Code ${pieces[lane].vscode}`, install);
  await rename(join(install, 'node_modules'), join(folder, 'node_modules'));
  await rm(install, { recursive: true });
  for (const [name, file] of Object.entries(stubs[lane])) {
    const place = join(folder, 'node_modules', name);
    await mkdir(place, { recursive: true });
    await writeFile(
      join(place, 'package.json'),
      JSON.stringify({ name, version: '0.0.0', main: 'index.js' }),
    );
    await copyFile(join(__dirname, 'stubs', file), join(place, 'index.js'));
  }
}

async function check(lane: Lane, folder: string): Promise<void> {
  const { spec, vscode } = pieces[lane];
  const { version } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
  if (version !== vscode)
    throw new PieceError(
      spec,
      `it holds VS Code ${version}, not ${vscode}`,
      'correct test/host/vscode/pieces.json',
    );
  for (const file of ['out/server-main.js', 'out/vs/code/browser/workbench/workbench.js'])
    await readFile(join(folder, file)).catch(() => {
      throw new PieceError(spec, `it has no ${file}`, 'correct test/host/vscode/pieces.json');
    });
}
