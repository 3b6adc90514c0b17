import ignore, { type Ignore } from 'ignore';
import { parseCheckpointId } from '../ids/checkpointId';
import { decodeText } from './decodeText';
import type { Gap, Source } from './source';

/** A folder of the workspace. Paths are relative to it, separated by `/`. */
export interface OpenFolder {
  /** Not safe to show unescaped. */
  readonly name: string;
  /** Lists a folder; `''` is the root. Links are `other`, because they can lead outside or in a circle. */
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
}

const defaultLimits: WorkspaceLimits = { largestFile: 1024 * 1024, mostFiles: 20_000 };

/** Skipped always, whatever the ignore files say. */
const excludedFolders = new Set(['.git', 'node_modules']);
const ignoreFiles = ['.gitignore', '.ignore'];

/** The number of files named per checkpoint. Further files are only counted. */
const maxNamedFiles = 3;

/** Files read concurrently. */
const maxConcurrentReads = 8;

/** Finds the IDs in the files of the workspace. Skips ignored files, links, and binary files. */
export function workspaceSource(
  folders: readonly OpenFolder[],
  idsIn: (text: string) => Iterable<string>,
  { largestFile, mostFiles }: WorkspaceLimits = defaultLimits,
): Source {
  return {
    id: 'workspace',
    place: { kind: 'workspace' },
    async find(onFound, { signal, progress, now }) {
      const places = new Map<string, string[]>();
      let searched = 0;
      let tooLarge = 0;
      let unreadable = 0;

      const search = async (folder: OpenFolder, path: string): Promise<void> => {
        searched += 1;
        if (searched % 100 === 0) progress({ of: 'files', done: searched });
        if ((await folder.size(path)) > largestFile) {
          tooLarge += 1;
          return;
        }
        const bytes = await folder.read(path);
        const text = decodeText(bytes);
        if (text === undefined) return;
        const place = folders.length > 1 ? `${folder.name}/${path}` : path;
        for (const id of new Set(idsIn(text))) {
          if (!parseCheckpointId(id)) continue;
          const known = [...(places.get(id) ?? []), place];
          places.set(id, known);
          const files = known.slice(0, maxNamedFiles);
          const moreFiles = known.length - files.length;
          onFound({
            id,
            findings: [{ in: 'workspace', at: now, files, ...(moreFiles > 0 && { moreFiles }) }],
          });
        }
      };

      for (const folder of folders) {
        const paths = filesOf(folder, signal, () => {
          unreadable += 1;
        });
        const reader = async (): Promise<void> => {
          for await (const path of paths) {
            signal.throwIfAborted();
            if (searched >= mostFiles) return;
            await search(folder, path).catch(() => {
              unreadable += 1;
            });
          }
        };
        await Promise.all(Array.from({ length: maxConcurrentReads }, reader));
      }
      const gaps: Gap[] = [];
      if (searched >= mostFiles) gaps.push({ kind: 'tooManyFiles', searched: mostFiles });
      if (tooLarge > 0) gaps.push({ kind: 'largeFiles', count: tooLarge, largest: largestFile });
      if (unreadable > 0) gaps.push({ kind: 'unreadable', count: unreadable });
      return gaps;
    },
  };
}

/** Yields the path of every file, folder by folder. An ignore file applies to its folder and those below. */
async function* filesOf(
  folder: OpenFolder,
  signal: AbortSignal,
  onUnreadable: () => void,
): AsyncGenerator<string> {
  const waiting: { readonly path: string; readonly rules: readonly Rules[] }[] = [{ path: '', rules: [] }];
  for (let next = waiting.shift(); next; next = waiting.shift()) {
    signal.throwIfAborted();
    let entries: Awaited<ReturnType<OpenFolder['list']>>;
    try {
      entries = await folder.list(next.path);
    } catch {
      onUnreadable();
      continue;
    }
    const own = await rulesIn(
      folder,
      next.path,
      entries.map(({ name }) => name),
      onUnreadable,
    );
    const rules = own ? [...next.rules, own] : next.rules;
    for (const { name, kind } of entries) {
      const path = next.path === '' ? name : `${next.path}/${name}`;
      if (kind === 'other' || excludedFolders.has(name) || isIgnored(path, kind, rules)) continue;
      if (kind === 'folder') waiting.push({ path, rules });
      else yield path;
    }
  }
}

interface Rules {
  /** The folder of the ignore files. */
  readonly base: string;
  readonly test: Ignore;
}

async function rulesIn(
  folder: OpenFolder,
  base: string,
  names: readonly string[],
  onUnreadable: () => void,
): Promise<Rules | undefined> {
  const present = ignoreFiles.filter((name) => names.includes(name));
  if (present.length === 0) return undefined;
  const test = ignore();
  for (const name of present) {
    try {
      const bytes = await folder.read(base === '' ? name : `${base}/${name}`);
      test.add(new TextDecoder().decode(bytes));
    } catch {
      onUnreadable();
    }
  }
  return { base, test };
}

/** Whether a path is ignored. The innermost ignore file with a matching rule decides, as in Git. */
function isIgnored(path: string, kind: 'file' | 'folder', rules: readonly Rules[]): boolean {
  for (const { base, test } of rules.toReversed()) {
    const own = base === '' ? path : path.slice(base.length + 1);
    const { ignored, unignored } = test.test(kind === 'folder' ? `${own}/` : own);
    if (ignored || unignored) return ignored;
  }
  return false;
}
