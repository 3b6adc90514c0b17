import { join } from 'node:path';

/** Where a picture of the README goes; with `PICTURES=1` those in the README are taken anew. */
export function pictureOf(name: string): string {
  return join(process.env.PICTURES ? 'media' : '.vscode-test/pictures', `${name}.png`);
}
