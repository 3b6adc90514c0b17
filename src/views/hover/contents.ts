import { MarkdownString } from 'vscode';
import type { ScannedId } from '../../access/ids/scannedIds';
import { commandIds } from '../../ids';
import type { ActiveOrganization } from '../../organizations/currentOrganization';
import { hoverCommands } from './links';
import { hoverText } from './text';

/** The contents of a hover. Loaded when an ID is hovered for the first time. */
export function hoverContents(id: ScannedId, current: ActiveOrganization, now: number): MarkdownString {
  const contents = new MarkdownString(hoverText(id, current, now), true);
  contents.isTrusted = { enabledCommands: hoverCommands.map((name) => commandIds[name]) };
  return contents;
}
