import { CodeLens, Range, type TextDocument, type Uri, workspace } from 'vscode';
import type { AccessFile, FileGrant } from '../../access/accessFile/accessFile';
import type { Organization } from '../../access/organization';
import { commandIds } from '../../ids';
import { grantLens, liveAsOf, planLens } from '../../words/accessFile';
import { accessFileTexts } from '../../words/accessFileEditor';
import { dayAt } from './diagnostics';
import { grantFacts, loadedAtOf } from './grantFacts';
import { rangeIn } from './places';

/** The most code lenses of checkpoints and grants. All of a file are made at once, and sent to the editor. */
const mostInText = 2000;

/** A code lens of an access file. Its text is made when it comes into sight. */
export class FileLens extends CodeLens {
  constructor(
    range: Range,
    readonly uri: Uri,
    readonly file: AccessFile,
    /** What it is above; undefined for the file as a whole. */
    readonly of: { readonly checkpoint: string; readonly grant?: FileGrant } | undefined,
  ) {
    super(range);
  }
}

/**
 * The code lenses of an access file: commands above it, its age above each checkpoint, and who granted each access, for the
 * first of them.
 */
export function lensesOf(document: TextDocument, file: AccessFile | undefined): CodeLens[] {
  const top = new Range(0, 0, 0, 0);
  const { uri } = document;
  const command = (title: string, name: 'planAccessFile' | 'checkDrift'): CodeLens =>
    new CodeLens(top, { title, command: commandIds[name], arguments: [uri] });
  const commands = [
    workspace.isTrusted
      ? command(planLens, 'planAccessFile')
      : new CodeLens(top, { title: accessFileTexts.untrustedLens, command: '' }),
    command(accessFileTexts.checkLens, 'checkDrift'),
  ];
  if (!file) return commands;
  const inText: FileLens[] = [];
  for (const lens of lensesInText(document, file)) {
    if (inText.length === mostInText) break;
    inText.push(lens);
  }
  return [...commands, ...inText];
}

/** Those of checkpoints and grants, in the order of the file. */
function* lensesInText(document: TextDocument, file: AccessFile): Generator<FileLens> {
  const { uri } = document;
  for (const { id: checkpoint, places, grants } of file.checkpoints) {
    yield new FileLens(rangeIn(document, places.id), uri, file, { checkpoint });
    for (const grant of grants)
      yield new FileLens(rangeIn(document, grant.places.grant), uri, file, { checkpoint, grant });
  }
}

/** Gives a code lens its text. Sends no request. */
export async function resolveLens(lens: FileLens, organization: Organization | undefined): Promise<CodeLens> {
  const title = await titleOf(lens, organization);
  lens.command = { title, command: '' };
  return lens;
}

async function titleOf({ file, of }: FileLens, organization: Organization | undefined): Promise<string> {
  const live = organization?.identity?.organization;
  if (!of || !organization || (live !== undefined && live !== file.organization))
    return liveAsOf(undefined, 0);
  const now = organization.now();
  const { checkpoint, grant } = of;
  if (!grant) return liveAsOf(loadedAtOf(organization, checkpoint), now);
  return grantLens(await grantFacts(organization, checkpoint, grant, dayAt(now)), now);
}
