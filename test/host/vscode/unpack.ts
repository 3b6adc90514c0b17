import { spawn } from 'node:child_process';
import { createReadStream, createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress } from 'node:zlib';

/** What to take from an archive. */
export interface Members {
  /** Files and folders, as named in the archive. */
  take: string[];
  /** How many leading folders to drop from each name. */
  strip: number;
  /** Patterns of what to leave out. */
  except?: string[];
}

/**
 * Unpacks a tar archive with the system's `tar`: GNU's and BSD's both know these options, every Linux and macOS has one
 * of them, and it is several times faster than a few lines of our own would be.
 */
export function untar(archive: string, folder: string, members: Members): Promise<void> {
  const excluded = (members.except ?? []).map((pattern) => `--exclude=${pattern}`);
  const args = [
    '-xf',
    archive,
    '-C',
    folder,
    `--strip-components=${members.strip}`,
    ...excluded,
    ...members.take,
  ];
  return new Promise((resolve, reject) => {
    const tar = spawn('tar', args, { stdio: ['ignore', 'ignore', 'pipe'] });
    let said = '';
    tar.stderr.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
    tar.on('error', (error) =>
      reject(new Error(`tar could not be started (${error.message}): install it and run again`)),
    );
    tar.on('close', (code) =>
      code === 0
        ? resolve()
        : reject(new Error(`tar failed on ${archive} with code ${code}: ${said.trim()}`)),
    );
  });
}

/** Decompresses one brotli file. */
export async function unbrotli(from: string, to: string, mode: number): Promise<void> {
  await pipeline(createReadStream(from), createBrotliDecompress(), createWriteStream(to, { mode }));
}
