// Replaces VS Code's native logger, which would need a compiler. Writes the same lines to the same files, synchronously
// and without rotation, so that logs can be read in the Output view and from the disk.
import { appendFileSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';

const levels = ['trace', 'debug', 'info', 'warning', 'error', 'critical'];

class Logger {
  private threshold = 2;
  private formatted = true;

  constructor(private readonly file: string) {
    mkdirSync(dirname(file), { recursive: true });
  }

  trace(message: string): void {
    this.write(0, message);
  }
  debug(message: string): void {
    this.write(1, message);
  }
  info(message: string): void {
    this.write(2, message);
  }
  warn(message: string): void {
    this.write(3, message);
  }
  error(message: string): void {
    this.write(4, message);
  }
  critical(message: string): void {
    this.write(5, message);
  }
  setLevel(level: number): void {
    this.threshold = level;
  }
  getLevel(): number {
    return this.threshold;
  }
  /** Turns off the formatter: lines are written unchanged, with their own line ends. */
  clearFormatters(): void {
    this.formatted = false;
  }
  setPattern(): void {
    this.formatted = true;
  }
  flush(): void {}
  drop(): void {}

  private write(level: number, message: string): void {
    if (level < this.threshold) return;
    const time = new Date().toISOString().replace('T', ' ').replace('Z', '');
    appendFileSync(this.file, this.formatted ? `${time} [${levels[level]}] ${message}\n` : message);
  }
}

export function setFlushOn(): void {}

export async function createAsyncRotatingLogger(_name: string, file: string): Promise<Logger> {
  return new Logger(file);
}
