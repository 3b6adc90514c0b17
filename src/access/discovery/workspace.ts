import { parseCheckpointId } from '../ids/checkpointId';
import { pauses } from '../slices';
import { decodeText } from './decodeText';
import {
  type IgnoreRules,
  ignoreRules,
  isIgnored,
  isShortEnough,
  largestIgnoreFile,
  mostRules,
  parseRules,
  type RuleRoom,
  roomBeside,
} from './ignoreRules';
import type { Gap, Search, Source } from './source';

/** A folder of the workspace. Paths are relative to it, separated by `/`. */
export interface OpenFolder {
  /** Not safe to show unescaped. */
  readonly name: string;
  /** Whether names that differ only in case are the same, as Git takes them by default on macOS and Windows. */
  readonly ignoresCase?: boolean;
  /**
   * Lists a folder; `''` is the root. Links are `other`, because they can lead outside or in a circle, and so is
   * everything else that is no regular file, because reading it may never end.
   */
  list(
    folder: string,
  ): Promise<readonly { readonly name: string; readonly kind: 'file' | 'folder' | 'other' }[]>;
  /** The size in bytes. */
  size(file: string): Promise<number>;
  read(file: string): Promise<Uint8Array>;
}

export interface WorkspaceLimits {
  /** Larger files are skipped, in bytes. */
  readonly largestFile: number;
  readonly mostFiles: number;
  /** The most bytes of all files. */
  readonly mostBytes: number;
  /** The most entries of folders that are looked at, ignored ones included. */
  readonly mostEntries: number;
}

/** The size of the largest file that is searched, in bytes. */
export const largestFile = 1024 * 1024;

const defaultLimits: WorkspaceLimits = {
  largestFile,
  mostFiles: 20_000,
  mostBytes: 500_000_000,
  mostEntries: 200_000,
};

/** Skipped always, whatever the ignore files say. */
const excludedFolders = new Set(['.git', 'node_modules']);
const ignoreFiles = ['.gitignore', '.ignore'];

/** The number of files named per checkpoint. Further files are only counted. */
const maxNamedFiles = 3;

/** Files read concurrently. */
const maxConcurrentReads = 8;

/** What was left out of a search. */
class Omissions {
  tooLarge = 0;
  unreadable = 0;
  /** Rules of ignore files that were not applied. */
  rules = 0;
  /** Ignore files that are too large to be read. */
  ignoreFiles = 0;
  /** Files and folders whose paths are too long for rules. */
  longPaths = 0;
  /** The search ended at a limit. */
  isCut = false;

  gaps(searched: number, largest: number): Gap[] {
    const gaps: Gap[] = [];
    if (this.isCut) gaps.push({ kind: 'tooManyFiles', searched });
    if (this.tooLarge > 0) gaps.push({ kind: 'largeFiles', count: this.tooLarge, largest });
    if (this.rules > 0) gaps.push({ kind: 'ignoreRules', count: this.rules });
    if (this.ignoreFiles > 0) gaps.push({ kind: 'ignoreFiles', count: this.ignoreFiles });
    if (this.longPaths > 0) gaps.push({ kind: 'longPaths', count: this.longPaths });
    if (this.unreadable > 0) gaps.push({ kind: 'unreadable', count: this.unreadable });
    return gaps;
  }
}

/** Finds the IDs in the files of the workspace. Skips ignored files, links, and binary files. */
export function workspaceSource(
  folders: readonly OpenFolder[],
  idsIn: (text: string) => Iterable<string>,
  limits: Partial<WorkspaceLimits> = {},
): Source {
  return {
    id: 'workspace',
    place: { kind: 'workspace' },
    find(onFound, search) {
      const places = new Map<string, { readonly files: readonly string[]; readonly count: number }>();
      const pause = pauses(search.signal);
      const look = async ({ place, text }: SearchedFile): Promise<void> => {
        for (const id of new Set(idsIn(text))) {
          await pause();
          if (!parseCheckpointId(id)) continue;
          const { files: known = [], count = 0 } = places.get(id) ?? {};
          const files = known.length < maxNamedFiles ? [...known, place] : known;
          places.set(id, { files, count: count + 1 });
          const moreFiles = count + 1 - files.length;
          onFound({
            id,
            findings: [{ in: 'workspace', at: search.now, files, ...(moreFiles > 0 && { moreFiles }) }],
          });
        }
      };
      return searchFiles(folders, look, search, limits);
    },
  };
}

/** A text file of the workspace. */
export interface SearchedFile<F extends OpenFolder = OpenFolder> {
  readonly folder: F;
  /** Relative to the folder. */
  readonly path: string;
  /** The path as a person reads it: with the folder if there are several. Not safe to show unescaped. */
  readonly place: string;
  readonly text: string;
}

/**
 * Reads the text files of the workspace, several at a time, and has each looked at. Skips ignored files, links, and
 * binary files. Resolves to what was left out. Rejects with the reason of the signal.
 */
export async function searchFiles<F extends OpenFolder>(
  folders: readonly F[],
  look: (file: SearchedFile<F>) => Promise<void>,
  { signal, progress }: Pick<Search, 'signal' | 'progress'>,
  limits: Partial<WorkspaceLimits> = {},
): Promise<Gap[]> {
  const { largestFile: largest, mostFiles, mostBytes, mostEntries } = { ...defaultLimits, ...limits };
  const omitted = new Omissions();
  const pause = pauses(signal);
  let searched = 0;
  let bytesRead = 0;

  const search = async (folder: F, path: string): Promise<void> => {
    searched += 1;
    if (searched % 100 === 0) progress({ of: 'files', done: searched });
    const bytes = await readUpTo(folder, path, largest);
    if (!bytes) {
      omitted.tooLarge += 1;
      return;
    }
    bytesRead += bytes.length;
    const text = decodeText(bytes);
    if (text === undefined) return;
    await look({ folder, path, place: folders.length > 1 ? `${folder.name}/${path}` : path, text });
  };

  const budget = { entries: mostEntries };
  for (const folder of folders) {
    const paths = filesOf(folder, signal, omitted, budget);
    const reader = async (): Promise<void> => {
      for await (const path of paths) {
        signal.throwIfAborted();
        if (searched >= mostFiles || bytesRead >= mostBytes) {
          omitted.isCut = true;
          return;
        }
        await search(folder, path).catch(() => {
          omitted.unreadable += 1;
        });
        await pause();
      }
    };
    await Promise.all(Array.from({ length: maxConcurrentReads }, reader));
  }
  return omitted.gaps(searched, largest);
}

/** The content of a file; undefined if it has more bytes than `most`. */
async function readUpTo(
  folder: Pick<OpenFolder, 'size' | 'read'>,
  path: string,
  most: number,
): Promise<Uint8Array | undefined> {
  if ((await folder.size(path)) > most) return undefined;
  const bytes = await folder.read(path);
  // It may have grown since.
  return bytes.length > most ? undefined : bytes;
}

interface PendingFolder {
  readonly path: string;
  readonly rules: readonly IgnoreRules[];
  readonly room: RuleRoom;
}

/**
 * Yields the path of every file, folder by folder. An ignore file applies to its folder and those below. `budget` is the
 * number of entries that may still be looked at.
 */
async function* filesOf(
  folder: OpenFolder,
  signal: AbortSignal,
  omitted: Omissions,
  budget: { entries: number },
): AsyncGenerator<string> {
  const pause = pauses(signal);
  const folded = (name: string): string => (folder.ignoresCase ? name.toLowerCase() : name);
  const waiting: PendingFolder[] = [{ path: '', rules: [], room: mostRules }];
  // Folders are added while the list is gone through.
  for (const next of waiting) {
    signal.throwIfAborted();
    let entries: Awaited<ReturnType<OpenFolder['list']>>;
    try {
      entries = await folder.list(next.path);
    } catch {
      omitted.unreadable += 1;
      continue;
    }
    const patterns = await patternsIn(folder, next, entries, omitted);
    const rules =
      patterns.length > 0
        ? [...next.rules, ignoreRules(next.path, patterns, folder.ignoresCase)]
        : next.rules;
    const room = roomBeside(patterns, next.room);
    for (const { name, kind } of entries) {
      await pause();
      if (budget.entries <= 0) {
        omitted.isCut = true;
        return;
      }
      budget.entries -= 1;
      const path = next.path === '' ? name : `${next.path}/${name}`;
      if (kind === 'other' || excludedFolders.has(folded(name))) continue;
      if (rules.length > 0 && !isShortEnough(path)) omitted.longPaths += 1;
      else if (isIgnored(path, kind, rules)) continue;
      if (kind === 'folder') waiting.push({ path, rules, room });
      else yield path;
    }
  }
}

/** The rules of the ignore files of a folder. A link is not read: it may lead out of the workspace. */
async function patternsIn(
  folder: OpenFolder,
  { path: base, room }: PendingFolder,
  entries: Awaited<ReturnType<OpenFolder['list']>>,
  omitted: Omissions,
): Promise<string[]> {
  const all: string[] = [];
  for (const name of ignoreFiles) {
    if (!entries.some((entry) => entry.name === name && entry.kind === 'file')) continue;
    try {
      const bytes = await readUpTo(folder, base === '' ? name : `${base}/${name}`, largestIgnoreFile);
      if (!bytes) {
        omitted.ignoreFiles += 1;
        continue;
      }
      const { patterns, skipped } = parseRules(new TextDecoder().decode(bytes), roomBeside(all, room));
      all.push(...patterns);
      omitted.rules += skipped;
    } catch {
      omitted.unreadable += 1;
    }
  }
  return all;
}
