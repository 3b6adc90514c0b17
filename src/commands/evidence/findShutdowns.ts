import {
  commands,
  ProgressLocation,
  type QuickPickItem,
  QuickPickItemKind,
  Range,
  ThemeIcon,
  window,
} from 'vscode';
import { linesOf, type ShutdownPlace } from '../../access/catalog/shutdownPlaces';
import type { Gap } from '../../access/discovery/source';
import { searchFiles } from '../../access/discovery/workspace';
import { mayHaveIds } from '../../access/ids/scannedInSteps';
import { cancelSignal, newPicker } from '../../editor/questions';
import { escapeForMessage } from '../../text/plainText';
import {
  type FileShutdowns,
  type ShutdownProblems,
  showShutdownProblems,
} from '../../views/problems/shutdownProblems';
import { shutdownLine } from '../../words/shutdown';
import {
  filesSearched,
  findShutdownTexts,
  foundShutdownsTitle,
  noShutdownsFound,
  placeInFile,
  shutdownGaps,
} from '../../words/shutdownProblems';
import { type LocatedFolder, openFolders } from '../shared/openFolders';
import type { Command } from '../shared/services';

/** The most places that a search returns: a person looks through them in one list. */
const mostFound = 5000;

/**
 * Searches the files of the workspace for models that have shut down or shut down soon, shows them by date, and keeps
 * them in Problems. Needs no organization and sends no request.
 */
export const findShutdowns: Command = async ({ current, owned }) => {
  const folders = openFolders();
  if (folders.length === 0) {
    void window.showInformationMessage(findShutdownTexts.noFolder);
    return;
  }
  const problems = showShutdownProblems(current, owned);
  const { files, gaps } = await searchWithProgress(problems, folders);
  const areInProblems = problems.showFound(files);
  if (gaps.length > 0)
    void window.showWarningMessage(escapeForMessage(shutdownGaps(gaps, files.length > 0), 1000));
  else if (files.length === 0) void window.showInformationMessage(noShutdownsFound);
  if (files.length > 0) await pickPlace(problems, files, areInProblems);
};

function searchWithProgress(
  problems: ShutdownProblems,
  folders: readonly LocatedFolder[],
): Thenable<{ readonly files: readonly FileShutdowns[]; readonly gaps: readonly Gap[] }> {
  return window.withProgress(
    { location: ProgressLocation.Notification, title: findShutdownTexts.searching, cancellable: true },
    async (progress, token) => {
      const files = new Map<string, FileShutdowns>();
      const stopped = cancelSignal(token);
      const tooMany = new AbortController();
      const signal = AbortSignal.any([stopped, tooMany.signal]);
      let count = 0;
      const search = {
        signal,
        progress: ({ done }: { readonly done: number }) => progress.report({ message: filesSearched(done) }),
      };
      try {
        const gaps = await searchFiles(
          folders,
          async ({ folder, path, place, text }) => {
            const uri = folder.at(path);
            // What a person has not saved yet counts.
            const document = problems.documentOf(uri);
            if (!document && !mayHaveIds(text)) return;
            const found = await problems.placesIn(document ?? linesOf(text), signal);
            // A folder of the workspace may be inside another one.
            if (found.places.length === 0 || files.has(uri.toString())) return;
            files.set(uri.toString(), { uri, file: place, ...found });
            count += found.places.length;
            if (count > mostFound) tooMany.abort();
          },
          search,
        );
        return { files: [...files.values()], gaps };
      } catch (error) {
        if (!signal.aborted) throw error;
        const gap: Gap = stopped.aborted ? { kind: 'stopped' } : { kind: 'tooManyPlaces', most: mostFound };
        return { files: [...files.values()], gaps: [gap] };
      }
    },
  );
}

interface PlaceItem extends QuickPickItem {
  readonly open: () => Thenable<unknown>;
}

/** Shows the places by date, and opens the one that a person selects. */
async function pickPlace(
  problems: ShutdownProblems,
  files: readonly FileShutdowns[],
  areInProblems: boolean,
): Promise<void> {
  const items = itemsOf(files);
  const picker = newPicker<PlaceItem>();
  picker.title = foundShutdownsTitle(
    items.filter(({ kind }) => kind !== QuickPickItemKind.Separator).length,
    files.length,
  );
  picker.placeholder = areInProblems ? findShutdownTexts.open : findShutdownTexts.openOnly;
  picker.matchOnDescription = true;
  const showAll: PlaceItem = {
    label: `$(list-flat) ${findShutdownTexts.showAll}`,
    alwaysShow: true,
    open: () => commands.executeCommand('workbench.actions.view.problems'),
  };
  picker.items = areInProblems ? [...items, showAll] : items;
  const clear = { iconPath: new ThemeIcon('clear-all'), tooltip: findShutdownTexts.clear };
  picker.buttons = areInProblems ? [clear] : [];
  const picked = await new Promise<PlaceItem | undefined>((resolve) => {
    picker.onDidTriggerButton(() => {
      problems.showFound([]);
      picker.hide();
    });
    picker.onDidAccept(() => {
      resolve(picker.selectedItems[0]);
      picker.hide();
    });
    picker.onDidHide(() => {
      resolve(undefined);
      picker.dispose();
    });
    picker.show();
  });
  await picked?.open();
}

function itemsOf(files: readonly FileShutdowns[]): PlaceItem[] {
  const now = Date.now();
  const all = files.flatMap(({ uri, file, places }) => places.map((place) => ({ uri, file, place })));
  all.sort(
    (one, other) =>
      compare(one.place.shutdown.shutsDownOn, other.place.shutdown.shutsDownOn) ||
      compare(one.file, other.file) ||
      one.place.line - other.place.line,
  );
  const items: PlaceItem[] = [];
  let day: string | undefined;
  for (const { uri, file, place } of all) {
    const { shutdown } = place;
    if (shutdown.shutsDownOn !== day) {
      day = shutdown.shutsDownOn;
      items.push({
        label: shutdownLine(shutdown, now),
        kind: QuickPickItemKind.Separator,
        open: async () => undefined,
      });
    }
    items.push({
      label: `$(${place.notice === 'shutDown' ? 'warning' : 'info'}) ${escapeForMessage(placeInFile(file, place.line), 300)}`,
      description: place.id,
      open: () => window.showTextDocument(uri, { selection: rangeOf(place) }),
    });
  }
  return items;
}

function rangeOf({ line, start, end }: ShutdownPlace): Range {
  return new Range(line, start, line, end);
}

function compare(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}
