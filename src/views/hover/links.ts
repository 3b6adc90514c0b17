import { commandIds } from '../../ids';

type CommandName = keyof typeof commandIds;

/** The commands that a hover may link to. */
export const hoverCommands = [
  'showInSidebar',
  'grant',
  'explainAccess',
  'copyCheckpointId',
  'readAccess',
  'addCheckpoint',
  'showDetails',
  'setAdminKey',
  'exploreSample',
] as const satisfies readonly CommandName[];

export type HoverCommand = (typeof hoverCommands)[number];

/** The argument of a hover link. It has nothing that came from a server. */
export interface HoverArgument {
  /** A valid checkpoint ID, which has no character with a meaning in a link. */
  readonly checkpoint: string;
  /** The organization of the link. The command refuses it when another one is shown. */
  readonly organization?: string;
}

/** A command link as Markdown. Label and title are fixed texts. The command validates the argument again. */
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
