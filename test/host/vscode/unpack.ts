import { spawn } from 'node:child_process';
import { createReadStream, createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress } from 'node:zlib';

/** The members to extract from an archive. */
export interface Members {
  /** Names of files and folders in the archive. */
  take: string[];
  /** Number of leading folders to remove from each name. */
  strip: number;
  /** Patterns of excluded members. */
  except?: string[];
}

/**
 * Unpacks a tar archive by the system's `tar`, which is several times faster than code of this project. GNU's and BSD's
 * both have these options, and every Linux and macOS has one of the two.
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
