import { type Disposable, Hover, languages, Range, workspace } from 'vscode';
import { settingIds } from '../../ids';
import type { CurrentOrganization } from '../../organizations/currentOrganization';

/** Without one of these there is no ID in a line. CSS has many a `left:`, which is none. */
const signs = /(?<![A-Za-z0-9_-])ft:|[.:]ft-/;

/**
 * Registers the hover on checkpoint IDs in open files. It shows loaded data and sends no request. The code is loaded with
 * the first line that may have an ID.
 */
export function registerHover(
  current: Pick<CurrentOrganization, 'get'>,
  now: () => number = Date.now,
): Disposable {
  return languages.registerHoverProvider('*', {
    async provideHover(document, { line, character }, token) {
      const { text } = document.lineAt(line);
      if (!signs.test(text) || workspace.getConfiguration('', document).get(settingIds.hover) === false)
        return undefined;
      const { contentsFor, scannedIdAt } = await import('../viewsBundle');
      const scanned = scannedIdAt(text, character);
      if (!scanned) return undefined;
      const shown = await current.get();
      if (token.isCancellationRequested) return undefined;
      const range = new Range(line, scanned.start, line, scanned.end);
      return new Hover(contentsFor(scanned, shown, now()), range);
    },
  });
}
