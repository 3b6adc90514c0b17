import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pack } from './npm';
import type { Piece } from './pieces';
import { say } from './say';
import { type Members, untar } from './unpack';

/**
 * Fetches a piece, verifies it, and unpacks the selected members into `folder`.
 *
 * @param what Name of the piece for the terminal, and `why` it is fetched.
 * @throws PieceError if it cannot be fetched, or differs from the pinned one.
 */
export async function fetchInto(
  folder: string,
  piece: Piece,
  members: Members,
  what: string,
  why = '',
): Promise<void> {
  const download = join(folder, '.download');
  await mkdir(download);
  say(`${what}: fetching ${piece.spec} (${piece.megabytes} MB)${why && `, ${why}`}`);
  await untar(await pack(piece, download), folder, members);
  await rm(download, { recursive: true });
}
