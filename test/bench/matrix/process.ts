import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { MatrixFigure } from './measure';

/** Measures the access matrix in a process of its own, which ends with its browser whatever happens. */
export async function matrixFigures(): Promise<MatrixFigure[]> {
  const main = join(__dirname, 'main.js');
  const { stdout } = await promisify(execFile)(process.execPath, [main], { timeout: 300_000 });
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
}
