import { join } from 'node:path';
import { cached } from './cache';
import { fetchInto } from './fetch';
import { PieceError } from './npm';
import { pieces } from './pieces';

/**
 * The Node.js for a piece: the current one if it is new enough, else a pinned one.
 *
 * @param user the piece that needs it, for messages
 * @returns the path of its executable
 * @throws PieceError when the machine's is too old, and none can be fetched for the machine
 */
export async function obtainNode(user: string, minimumNode: string): Promise<string> {
  if (isAtLeast(process.versions.node, minimumNode)) return process.execPath;

  const piece = pieces.node;
  if (process.platform !== 'linux' || process.arch !== 'x64')
    throw new PieceError(
      `Node.js for ${user}`,
      `this is Node.js ${process.versions.node}, and one is fetched on Linux x64 only (this is ${process.platform} ${process.arch})`,
      `install Node.js ${minimumNode} or newer and run the same command with it`,
    );
  const folder = await cached(piece.spec.replace('@', '-'), piece, async (folder) => {
    const why = `because ${user} needs ${minimumNode} or newer and this is ${process.versions.node}`;
    await fetchInto(folder, piece, { take: ['package/bin/node'], strip: 2 }, 'Node.js', why);
  });
  return join(folder, 'node');
}

/** Compares two versions with three numbers. */
export function isAtLeast(version: string, minimum: string): boolean {
  return version.localeCompare(minimum, 'en', { numeric: true }) >= 0;
}
