import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Explained } from './explained';

/** One run of a command, with its temporary files and its cleanup. */
export interface Run {
  /** A temporary folder, removed at the end. Its path is short enough for VS Code's sockets. */
  folder: string;
  /** Registers a cleanup for the end of the run, however it ends. The last one runs first. */
  atEnd(undo: () => Promise<void>): void;
  /** A signal has arrived, and the run is ending because of it. */
  readonly stopping: boolean;
}

const signals = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

/**
 * Runs a command: gives it a folder, and ends the process with the code that `work` resolves to (1 when it throws, or
 * the shell's usual code when a signal ended it) after everything was undone. Temporary files of this process itself
 * go to the run's folder too. (Should this process be killed or crash, the server process sees to it: see
 * `serverProcess.ts`.) A second signal is ignored, so that the cleanup completes.
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
