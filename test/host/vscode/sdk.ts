import { cached } from './cache';
import { fetchInto } from './fetch';
import { type Forked, forked } from './fork';
import { obtainNode } from './node';
import { pieces } from './pieces';

/**
 * The folder of the current official SDK, which needs a newer Node.js than the project. The older SDK in the
 * dependencies is for types and for tests of the emulator.
 *
 * @throws PieceError when it can't be fetched
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

/** The current official SDK, in a process started by {@link forkForSDK}. */
export async function officialSDK(): Promise<typeof import('openai')> {
  return require(await obtainSDK());
}

/**
 * Runs a script in a Node.js that can load the current official SDK. Fetches both if they are missing.
 *
 * @returns its exit code, and the last message that it sent
 * @throws PieceError when one of the two can't be fetched
 */
export async function forkForSDK<T>(script: string, args: readonly string[]): Promise<Forked<T>> {
  const execPath = await obtainNode('the official SDK', pieces.sdk.minimumNode);
  await obtainSDK();
  return forked(script, args, execPath);
}
