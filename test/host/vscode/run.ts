import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Explained } from './explained';

/** One run of a command of this project, with everything to clean up at its end. */
export interface Run {
  /** A temporary folder, removed at the end. Its path is short enough for VS Code's sockets. */
  folder: string;
  /** Registers a cleanup for the end of the run. Cleanups run in reverse order. */
  atEnd(undo: () => Promise<void>): void;
  /** Whether a signal is ending the run. */
  readonly stopping: boolean;
}

const signals = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

/**
 * Runs a command with a temporary folder, which this process uses for its temporary files, too. After the cleanups, the
 * process exits with the code that `work` resolves to, with 1 when it throws, or with the shell's code for a signal. A
 * second signal doesn't interrupt the cleanups. If this process crashes, `serverProcess.ts` cleans up.
 *
 * @param options.endedBySignal the exit code after a signal, for commands that normally end by one
 */
export async function runCommand(
  work: (run: Run) => Promise<number>,
  { endedBySignal }: { endedBySignal?: number } = {},
): Promise<never> {
  const folder = await mkdtemp(join(shortTemporaryFolder(), 'cp-'));
  process.env.TMPDIR = join(folder, 'tmp');
  await mkdir(process.env.TMPDIR);
  const undos: (() => Promise<void>)[] = [];

  let stopping = false;
  const stopped = new Promise<number>((resolve) => {
    for (const [signal, code] of Object.entries(signals))
      process.on(signal, () => {
        stopping = true;
        resolve(endedBySignal ?? code);
      });
  });
  const run: Run = {
    folder,
    atEnd: (undo) => void undos.push(undo),
    get stopping() {
      return stopping;
    },
  };
  const code = await Promise.race([work(run).catch(failure), stopped]);

  for (let undo = undos.pop(); undo; undo = undos.pop())
    await undo().catch((error: Error) => console.error(`While ending: ${error.message}`));
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  process.exit(code);
}

function failure(error: unknown): number {
  console.error(error instanceof Explained ? error.message : error);
  return 1;
}

/** Paths of sockets are limited to about 100 bytes, and VS Code's names take 55. */
function shortTemporaryFolder(): string {
  return tmpdir().length > 40 ? '/tmp' : tmpdir();
}
