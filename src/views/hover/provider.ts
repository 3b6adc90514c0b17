import { type Disposable, Hover, languages, Range, workspace } from 'vscode';
import { longestId, scannedIdAt } from '../../access/ids/scannedIds';
import { settingIds } from '../../ids';
import type { CurrentOrganization } from '../../organizations/current';

/**
 * Explains ids of checkpoints wherever they stand in an open file, from what is known; hovering asks no server. Beyond
 * the look at the place under the mouse, its code is loaded when the first id is met.
 */
export function registerHover(
  current: Pick<CurrentOrganization, 'get'>,
  now: () => number = Date.now,
): Disposable {
  return languages.registerHoverProvider('*', {
    async provideHover(document, { line, character }, token) {
      // A line can be a whole minified file; only so much of it is looked at as an id can reach.
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
