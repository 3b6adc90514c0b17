import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { commandIds } from '../src/ids';

interface Manifest {
  readonly displayName: string;
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly title: string }[];
    readonly views: Readonly<Record<string, readonly { readonly id: string; readonly name: string }[]>>;
  };
}

/** Compiled, this file is `out/test/titles.js`. */
const manifest: Manifest = JSON.parse(readFileSync(join(__dirname, '../../package.json'), 'utf8'));

/** The title of a command, as menus and buttons show it. */
export function titleOf(name: keyof typeof commandIds): string {
  const command = manifest.contributes.commands.find(({ command }) => command === commandIds[name]);
  if (!command) throw new Error(`No command ${name} in package.json`);
  return command.title;
}

/** The title of a command, as the palette shows it. */
export function paletteTitleOf(name: keyof typeof commandIds): string {
  return `${manifest.displayName}: ${titleOf(name)}`;
}
