import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Locator } from 'playwright-core';
import { sideBySide } from './sideBySide';
import { expect, type Workbench } from './workbench';
import { currentSession } from './workbench/session';

/** The stored screens, in the sources. */
const folder = 'test/ui/screens';

/** Those that the oldest VS Code draws otherwise. */
const oldestFolder = join(folder, 'oldest');

/**
 * What differs between two runs of the same product, and why. Dates and ages don't: the window has a clock of its own.
 */
const varying: readonly (readonly [RegExp, string])[] = [
  // Pictures of the icon font, which no screen reader says.
  [/[\uE000-\uF8FF]/g, ''],
  // Of rows that VS Code uses again: an empty toolbar, and the text beside it in a line of its own.
  [/^ *- toolbar\n/gm, ''],
  [/^( *)(- .*:)\n\1 {2}- text: (.*\n)(?!\1 {2})/gm, '$1$2 $3'],
  // Of a picture or page in the package, which has the port of the server in it.
  [/^ *- \/(url|src): .*127\.0\.0\.1.*\n/gm, ''],
];

/** Milliseconds in which a screen must become what is stored. What loads is there sooner. */
const patience = 8_000;

/** How many looks in a row must see the same before a screen is stored. */
const looks = 20;

/** Screens of one window, compared with those that are stored. */
export class Screens {
  readonly #seen = new Set<string>();
  #different: string[] = [];

  constructor(private readonly workbench: Workbench) {}

  /**
   * Waits until a screen is as stored. What differs is told by {@link assertAsStored}, once the window is ready for the
   * next screen.
   *
   * @param name of its file
   * @param part the element whose accessibility tree is the screen
   */
  async compare(name: string, part: Locator, { keepMouse = false } = {}): Promise<void> {
    this.#seen.add(name);
    // What is under the mouse has more buttons.
    if (!keepMouse) await this.workbench.page.mouse.move(0, 0);
    const look = async () => normalized(await part.ariaSnapshot());
    if (currentSession().renewsScreens) return store(name, await settled(look));
    const { file, stored } = await storedScreen(name);
    let last: string | undefined;
    const isAsStored = async () => {
      last = await look();
      return last === stored;
    };
    await expect(isAsStored, Boolean, file, patience).catch((error) => {
      // A part of it isn't there at all.
      if (last === undefined) throw error;
      this.#different.push(
        `${file} is not what the window shows. If it should be: npm run screens`,
        '',
        sideBySide([stored, last], ['stored', 'now']),
        '',
      );
    });
  }

  /** @throws Error with the screens that are not as stored since the last call, each side by side with what is stored */
  assertAsStored(): void {
    const different = this.#different;
    this.#different = [];
    if (different.length > 0) throw new Error(different.join('\n'));
  }

  /** The stored files that no screen of this run has: they can be deleted. */
  async leftOver(): Promise<string[]> {
    const stored = [...(await filesOf(folder)), ...(await filesOf(oldestFolder))];
    return stored.filter((file) => !this.#seen.has(basename(file, '.yaml')));
  }
}

/** What is stored of a screen for the VS Code of this run, and in which file; an empty text if nothing is. */
async function storedScreen(name: string): Promise<{ file: string; stored: string }> {
  const folders = currentSession().lane === 'oldest' ? [oldestFolder, folder] : [folder];
  const files = folders.map((each) => join(each, `${name}.yaml`));
  for (const file of files) {
    const stored = await readFile(file, 'utf8').catch(() => undefined);
    if (stored !== undefined) return { file, stored };
  }
  return { file: files[0] ?? '', stored: '' };
}

/** Stores a screen, for the oldest VS Code only where it differs. */
async function store(name: string, tree: string): Promise<void> {
  const [file, own] = [folder, oldestFolder].map((each) => join(each, `${name}.yaml`)) as [string, string];
  const isOldest = currentSession().lane === 'oldest';
  if (isOldest) await rm(own, { force: true });
  if (isOldest && (await storedScreen(name)).stored === tree) return;
  const target = isOldest ? own : file;
  await mkdir(dirname(target), { recursive: true });
  await writeFile(target, tree);
}

async function filesOf(stored: string): Promise<string[]> {
  const files = await readdir(stored).catch(() => []);
  return files.filter((file) => file.endsWith('.yaml')).map((file) => join(stored, file));
}

function normalized(tree: string): string {
  return varying.reduce((text, [pattern, instead]) => text.replace(pattern, instead), `${tree}\n`);
}

/** What is seen once it doesn't change anymore. */
async function settled(look: () => Promise<string>): Promise<string> {
  let last = '';
  let same = 0;
  return expect(
    async () => {
      const now = await look();
      same = now === last ? same + 1 : 0;
      last = now;
      return now;
    },
    () => same >= looks,
    'a screen that no longer changes',
  );
}
