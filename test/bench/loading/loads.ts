import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { median } from '../median';
import type { Bundle } from './bundles';

const run = promisify(execFile);

/** What a bundle costs who loads it. */
export interface LoadResult {
  readonly title: string;
  readonly bytes: number;
  /** Median of cold processes, in milliseconds. */
  readonly load: number;
  /** From loaded to the first page read, a connection included; median, in milliseconds. */
  readonly firstPage?: number;
}

/** Loads each bundle in so many cold processes, turn by turn. */
export async function coldLoads(
  bundles: readonly Bundle[],
  times: number,
  baseURL: string,
  checkpoint: string,
): Promise<LoadResult[]> {
  const seen = new Map(
    bundles.map((bundle) => [bundle, { load: [] as number[], firstPage: [] as number[] }]),
  );
  for (let time = 0; time < times; time += 1)
    for (const [{ file, isWhole }, { load, firstPage }] of seen) {
      const where = isWhole ? [baseURL, checkpoint] : [];
      const { stdout } = await run(process.execPath, [join(__dirname, 'cold.js'), file, ...where]);
      const took = JSON.parse(stdout) as { load: number; firstPage?: number };
      load.push(took.load);
      if (took.firstPage !== undefined) firstPage.push(took.firstPage);
    }
  return [...seen].map(([{ title, bytes }, { load, firstPage }]) => ({
    title,
    bytes,
    load: median(load),
    ...(firstPage.length > 0 && { firstPage: median(firstPage) }),
  }));
}
