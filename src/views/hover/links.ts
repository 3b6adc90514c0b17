import { commandIds } from '../../ids';

type CommandName = keyof typeof commandIds;

/** The commands that links of a hover run; no other is allowed in it. */
export const hoverCommands = [
  'showInSidebar',
  'grant',
  'copyCheckpointId',
  'readAccess',
  'addCheckpoint',
  'showDetails',
  'setAdminKey',
  'exploreSample',
] as const satisfies readonly CommandName[];

export type HoverCommand = (typeof hoverCommands)[number];

/** What a link passes to its command: nothing that came from a server. */
export interface HoverArgument {
  /** By the strict rule, which allows no character that means anything in a link. */
  readonly checkpoint: string;
  /** The organization that the link was made for; the command refuses when another one is shown. */
  readonly organization?: string;
}

/** A link as Markdown. Its label and title are fixed words, its argument is checked again by the command. */
export function commandLink(
  command: HoverCommand,
  label: string,
  title: string,
  argument?: HoverArgument,
): string {
  const query = argument ? `?${encoded(JSON.stringify([argument]))}` : '';
  return `[${label}](command:${commandIds[command]}${query} "${title}")`;
}

function encoded(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16)}`);
}
