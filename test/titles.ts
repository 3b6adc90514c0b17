import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { commandIds } from '../src/ids';

interface Manifest {
  readonly displayName: string;
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly title: string }[];
    readonly submenus: readonly { readonly id: string; readonly label: string }[];
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

/** The label of a submenu, as the menu of a view's title shows it. */
export function labelOf(submenu: 'viewMenu' | 'changesMenu' | 'auditMenu' | 'organizationsMenu'): string {
  const found = manifest.contributes.submenus.find(({ id }) => id === `checkpointPermissions.${submenu}`);
  if (!found) throw new Error(`No submenu ${submenu} in package.json`);
  return found.label;
}

/** The title of a command, as the palette shows it. */
export function paletteTitleOf(name: keyof typeof commandIds): string {
  return `${manifest.displayName}: ${titleOf(name)}`;
}
