import { FileType, type Uri, workspace } from 'vscode';

/**
 * Reads a regular file of at most `most` bytes, also by a link. Undefined for a larger one, and for anything else: a device
 * or a pipe has no size, and may have no end, and the oldest VS Code reads it. Rejects with the error of the file system.
 */
export async function readRegularFile(uri: Uri, most: number): Promise<Uint8Array | undefined> {
  const { type, size } = await workspace.fs.stat(uri);
  // A link has the bit of its target, too.
  if ((type & FileType.File) === 0 || size > most) return undefined;
  return workspace.fs.readFile(uri);
}
