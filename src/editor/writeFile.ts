import { randomUUID } from 'node:crypto';
import { open, rm } from 'node:fs/promises';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Uri, workspace } from 'vscode';
import { replaceFile } from '../access/replaceFile';

/** Characters that are encoded and written at once. */
const chunkLength = 16 * 1024;

/** How long pieces are made at once, in milliseconds. Many may be empty, while rows are only looked through. */
const longestTurn = 10;

/**
 * Writes a text that comes in pieces, as UTF-8. The file appears when it is whole, or not at all. Resolves to its size in
 * bytes. `onProgress` hears how many are written. Rejects with the reason of `signal` once that is aborted.
 */
export async function writeInPieces(
  uri: Uri,
  pieces: Iterable<string>,
  signal: AbortSignal,
  onProgress: (bytes: number) => void,
): Promise<number> {
  let size = 0;
  const write = async (put: (chunk: Uint8Array) => Promise<unknown>): Promise<void> => {
    for (const chunk of encode(pieces)) {
      // An empty chunk is a pause.
      await (chunk.length === 0 ? nextTurn() : put(chunk));
      signal.throwIfAborted();
      size += chunk.length;
      onProgress(size);
    }
  };
  if (uri.scheme !== 'file') {
    // Other file systems have no way to write a file in parts.
    const chunks: Uint8Array[] = [];
    await write((chunk) => nextTurn(chunks.push(chunk)));
    await workspace.fs.writeFile(uri, Buffer.concat(chunks));
    return size;
  }
  const part = `${uri.fsPath}.${randomUUID()}.part`;
  try {
    const file = await open(part, 'wx');
    try {
      await write((chunk) => file.writeFile(chunk));
    } finally {
      await file.close();
    }
    await replaceFile(part, uri.fsPath);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
  return size;
}

function* encode(pieces: Iterable<string>): Generator<Uint8Array> {
  const encoder = new TextEncoder();
  let text = '';
  let began = performance.now();
  for (const piece of pieces) {
    text += piece;
    if (text.length < chunkLength && performance.now() - began < longestTurn) continue;
    yield encoder.encode(text);
    text = '';
    began = performance.now();
  }
  yield encoder.encode(text);
}
