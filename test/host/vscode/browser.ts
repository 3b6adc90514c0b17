import { execFile } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { cached } from './cache';
import { fetchInto } from './fetch';
import { PieceError } from './npm';
import { pieces } from './pieces';
import { unbrotli, untar } from './unpack';

const run = promisify(execFile);

/** A Chromium for the tests. */
export interface Browser {
  executablePath: string;
  /** Variables added to the environment of its process. */
  env: Record<string, string>;
}

const commands = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome'];
const applications = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** Prefers one typeface on every machine, so that screenshots look alike. */
const fontsConfiguration = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir prefix="relative">fonts</dir>
  <dir>/usr/share/fonts</dir>
  <dir>/usr/local/share/fonts</dir>
  <cachedir prefix="xdg">fontconfig</cachedir>
  <alias binding="same"><family>system-ui</family><prefer><family>Open Sans</family></prefer></alias>
  <alias binding="same"><family>sans-serif</family><prefer><family>Open Sans</family></prefer></alias>
</fontconfig>
`;

/**
 * Finds the machine's Chromium or Chrome (`CHROME_BIN` overrides it), else fetches a pinned one.
 *
 * @throws PieceError when there is none, and none can be fetched for this machine
 */
export async function obtainBrowser(): Promise<Browser> {
  const installed = process.env.CHROME_BIN || installedBrowser();
  if (installed) return { executablePath: installed, env: {} };

  const piece = pieces.browser;
  if (process.platform !== 'linux' || process.arch !== 'x64')
    throw new PieceError(
      'A browser',
      `no Chromium or Chrome was found, and one is fetched on Linux x64 only (this is ${process.platform} ${process.arch})`,
      'install Google Chrome or Chromium, or name its executable in the environment variable CHROME_BIN',
    );
  const folder = await cached(`chromium-${piece.spec.split('@').at(-1)}`, [piece, fontsConfiguration], fill);
  return { executablePath: join(folder, 'chromium'), env: await environment(folder) };
}

function installedBrowser(): string | undefined {
  const onPath = (process.env.PATH ?? '')
    .split(delimiter)
    .flatMap((folder) => commands.map((command) => join(folder, command)));
  return [...onPath, ...applications].find(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

async function fill(folder: string): Promise<void> {
  const packed = join(folder, '.packed');
  await mkdir(packed);
  const members = { take: ['package/bin'], strip: 2 };
  await fetchInto(packed, pieces.browser, members, 'Chromium', 'because this machine has none');
  await unbrotli(join(packed, 'chromium.br'), join(folder, 'chromium'), 0o755);
  for (const [name, content] of Object.entries({ al2023: 'lib', fonts: 'fonts' })) {
    const archive = join(packed, `${name}.tar`);
    await unbrotli(`${archive}.br`, archive, 0o644);
    await untar(archive, folder, { take: [content], strip: 0 });
  }
  await writeFile(join(folder, 'fonts.conf'), fontsConfiguration);
  await rm(packed, { recursive: true });
  await check(folder);
}

async function check(folder: string): Promise<void> {
  const env = { ...process.env, ...(await environment(folder)) };
  await run(join(folder, 'chromium'), ['--version'], { env }).catch((error: Error) => {
    throw new PieceError(
      pieces.browser.spec,
      `it does not start here: ${error.message.trim()}`,
      'install Google Chrome or Chromium, or name its executable in the environment variable CHROME_BIN',
    );
  });
}

/** Uses the bundled libraries only if the machine lacks one, because the machine's fit its loader better. */
async function environment(folder: string): Promise<Record<string, string>> {
  const linked = await run('ldd', [join(folder, 'chromium')]).catch(() => ({ stdout: 'not found' }));
  const fonts = { FONTCONFIG_FILE: join(folder, 'fonts.conf') };
  return linked.stdout.includes('not found') ? { ...fonts, LD_LIBRARY_PATH: join(folder, 'lib') } : fonts;
}
