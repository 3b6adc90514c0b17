import { type Disposable, Hover, languages, Range, workspace } from 'vscode';
import { settingIds } from '../../ids';
import type { CurrentOrganization } from '../../organizations/currentOrganization';

/** All that can be part of an ID. */
const word = /[\w.:-]+/;
/** What a word has that may be an ID. CSS has many a `left:`, which is none. */
const signs = /(?<![\w-])ft:|[.:]ft-/;

/**
 * Registers the hover on checkpoint IDs in open files. It shows loaded data and sends no request. The code is loaded with
 * the first word that may be an ID.
 */
export function registerHover(
  current: Pick<CurrentOrganization, 'get'>,
  now: () => number = Date.now,
): Disposable {
  return languages.registerHoverProvider('*', {
    async provideHover(document, position, token) {
      const near = document.getWordRangeAtPosition(position, word);
      if (!near || !signs.test(document.getText(near))) return undefined;
      if (workspace.getConfiguration('', document).get(settingIds.hover) === false) return undefined;
      const { contentsFor, scannedIdAt } = await import('../viewsBundle');
      const { line, character } = position;
      const scanned = scannedIdAt(document.lineAt(line).text, character);
      if (!scanned) return undefined;
      const shown = await current.get();
      if (token.isCancellationRequested) return undefined;
      const range = new Range(line, scanned.start, line, scanned.end);
      return new Hover(contentsFor(scanned, shown, now()), range);
    },
  });
}
