import { type Disposable, Hover, languages, Range, workspace } from 'vscode';
import { longestId, scannedIdAt } from '../../access/ids/scannedIds';
import { settingIds } from '../../ids';
import type { CurrentOrganization } from '../../organizations/currentOrganization';

/**
 * Registers the hover on checkpoint IDs in open files. It shows loaded data and sends no request. The code beyond the
 * scan for an ID is loaded with the first ID found.
 */
export function registerHover(
  current: Pick<CurrentOrganization, 'get'>,
  now: () => number = Date.now,
): Disposable {
  return languages.registerHoverProvider('*', {
    async provideHover(document, { line, character }, token) {
      // A line can be a whole minified file, so scan only as far as an ID can reach.
      const start = Math.max(0, character - longestId - 1);
      const near = document.lineAt(line).text.slice(start, character + longestId + 1);
      const scanned = scannedIdAt(near, character - start);
      if (!scanned || workspace.getConfiguration('', document).get(settingIds.hover) === false)
        return undefined;
      const [{ contentsFor }, shown] = await Promise.all([import('../viewsBundle'), current.get()]);
      if (token.isCancellationRequested) return undefined;
      const range = new Range(line, start + scanned.start, line, start + scanned.end);
      return new Hover(contentsFor(scanned, shown, now()), range);
    },
  });
}
