// Loaded by each process of VS Code before anything else. Where the file says so, its clock goes slowly.
import { existsSync, readFileSync } from 'node:fs';
import { slowDownClock } from './slowClock';

const file = process.env.CLOCK_FILE;
if (file && existsSync(file)) {
  slowDownClock(Number(readFileSync(file, 'utf8')));
  // Some dates are shown in the computer's time zone.
  process.env.TZ = 'UTC';
}
