import { readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { dirname, resolve } from 'node:path';

const position = /(\/[^\s():]*\/out\/(?:src|test)\/[^\s():]+\.js):(\d+):(\d+)/g;

/**
 * Replaces positions in compiled files (`/…/out/test/x.js:12:3`) in a line of a stack by positions in the sources.
 * Node's `--enable-source-maps` has no effect in the extension host, because VS Code sets `Error.prepareStackTrace`.
 */
export function originalPositions(line: string): string {
  return line.replace(position, (found: string, file: string, lineNumber: string, column: string) => {
    try {
      const map = new SourceMap(JSON.parse(readFileSync(`${file}.map`, 'utf8')));
      const origin = map.findOrigin(Number(lineNumber), Number(column));
      if (!('fileName' in origin)) return found;
      return `${resolve(dirname(file), origin.fileName)}:${origin.lineNumber}:${origin.columnNumber}`;
    } catch {
      return found;
    }
  });
}
