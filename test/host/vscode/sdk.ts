import { fork } from 'node:child_process';
import { cached } from './cache';
import { fetchInto } from './fetch';
import { obtainNode } from './node';
import { pieces } from './pieces';

/**
 * The folder of the official SDK of today. The older one among the dependencies is for types and for driving the
 * emulator: this one needs a newer Node.js than the project does.
 *
 * @throws PieceError when it cannot be had
 */
export function obtainSDK(): Promise<string> {
  const { sdk } = pieces;
  return cached(sdk.spec.replace('@', '-'), sdk, (folder) =>
    fetchInto(
      folder,
      sdk,
      { take: ['package'], strip: 1 },
      'The official SDK',
      'to compare our client with it',
    ),
  );
}

/** The official SDK of today, in a process that {@link forkForSDK} started. */
export async function officialSDK(): Promise<typeof import('openai')> {
  return require(await obtainSDK());
}

/**
 * Runs a script of ours in a Node.js that can load the official SDK of today, which is fetched first where needed.
 *
 * @returns its exit code, and the last thing that it sent
 * @throws PieceError when one of the two cannot be had
 */
export async function forkForSDK<T>(
  script: string,
  args: readonly string[],
): Promise<{ code: number | null; sent: T | undefined }> {
  const execPath = await obtainNode('the official SDK', pieces.sdk.minimumNode);
  await obtainSDK();
  const child = fork(script, args, { execPath });
  let sent: T | undefined;
  child.on('message', (message) => {
    sent = message as T;
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, sent }));
  });
}
