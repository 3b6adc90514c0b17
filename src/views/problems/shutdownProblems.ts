import {
  type Diagnostic,
  type Disposable,
  type FileSystemWatcher,
  languages,
  TabInputNotebook,
  TabInputText,
  TabInputTextDiff,
  type TextDocument,
  type Uri,
  window,
  workspace,
} from 'vscode';
import {
  linesOf,
  type ShutdownPlaces,
  shutdownPlaces,
  type TextLines,
} from '../../access/catalog/shutdownPlaces';
import { decodeText } from '../../access/discovery/decodeText';
import { largestFile } from '../../access/discovery/workspace';
import { endOf, type Organization } from '../../access/organization';
import { inSlices } from '../../access/slices';
import { readRegularFile } from '../../editor/readFile';
import { settingIds } from '../../ids';
import type { CurrentOrganization } from '../../organizations/currentOrganization';
import { onDayTurn, type WindowTime, windowTime } from './dayTurn';
import { diagnosticsOf } from './diagnostics';
import { registerQuickFix } from './quickFix';

/** After the last change of a document, in milliseconds. */
const typingPause = 300;

/** What a search found in a file of the workspace. */
export interface FileShutdowns extends ShutdownPlaces {
  readonly uri: Uri;
  /** The path as a person reads it. Not safe to show unescaped. */
  readonly file: string;
}

let shown: ShutdownProblems | undefined;

/**
 * Shows models that shut down in Problems from now on. `owned`: gets what shows them when it is made, to dispose of it.
 */
export function showShutdownProblems(
  current: Pick<CurrentOrganization, 'get' | 'onDidChange'>,
  owned: Disposable[],
): ShutdownProblems {
  if (!shown) {
    shown = new ShutdownProblems(current);
    owned.push(shown, registerQuickFix());
  }
  return shown;
}

/**
 * Models that have shut down or shut down soon, in Problems: those in documents of editors, always as they are now, and
 * those that a search found in files, until they are cleared or their files change. It sends no request. Texts are looked
 * through in slices, and again when a document, the setting, the checkpoint list, the organization, or the day changes.
 */
export class ShutdownProblems implements Disposable {
  readonly #collection = languages.createDiagnosticCollection('checkpointPermissions');
  readonly #disposables: readonly Disposable[];
  readonly #endDays: () => void;
  /** The documents of editors, by their URIs. */
  readonly #open = new Map<string, TextDocument>();
  /** Files in which a search found models. */
  readonly #found = new Map<string, Uri>();
  #watcher: FileSystemWatcher | undefined;
  readonly #due = new Map<string, Uri>();
  /** Documents that were edited since their problems were set. An edit can remove a mark from an editor. */
  readonly #edited = new Set<string>();
  #cancelTimer: (() => void) | undefined;
  #work: Promise<void> = Promise.resolve();
  #checking: { readonly key: string; readonly abort: AbortController } | undefined;
  #organization: Organization | undefined;
  #stopFollowing: (() => void) | undefined;
  #isDisposed = false;

  constructor(
    private readonly current: Pick<CurrentOrganization, 'get' | 'onDidChange'>,
    private readonly time: WindowTime = windowTime,
  ) {
    this.#disposables = [
      this.#collection,
      // A document without a tab is none that a person has open: Problems itself keeps those that it shows.
      workspace.onDidOpenTextDocument(() => this.#followEditors()),
      window.tabGroups.onDidChangeTabs(() => this.#followEditors()),
      window.onDidChangeVisibleTextEditors(() => this.#followEditors()),
      workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        const key = document.uri.toString();
        if (contentChanges.length === 0 || !this.#open.has(key)) return;
        this.#edited.add(key);
        this.#queue([document.uri]);
      }),
      workspace.onDidCloseTextDocument(({ uri }) => {
        if (this.#open.delete(uri.toString())) this.#queue([uri]);
      }),
      workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration(settingIds.shutdownProblems)) this.#queueAll();
      }),
      current.onDidChange(() => this.#queueAll()),
    ];
    this.#endDays = onDayTurn(() => this.#queueAll(), time);
    this.#followEditors();
  }

  /** The document of a file that is open in an editor. Its unsaved changes count. */
  documentOf(uri: Uri): TextDocument | undefined {
    return this.#open.get(uri.toString());
  }

  /** The models in a text that have shut down or shut down soon, by what is known now. */
  async placesIn(lines: TextLines, signal?: AbortSignal): Promise<ShutdownPlaces> {
    const facts = await this.#facts();
    return inSlices(
      shutdownPlaces(lines, (id) => endOf(facts, id), this.time.now()),
      signal,
    );
  }

  /** Shows what a search found, in place of what an earlier one did. Returns whether Problems shows any of it. */
  showFound(files: readonly FileShutdowns[]): boolean {
    const before = [...this.#found.values()];
    this.#found.clear();
    for (const { uri } of files) this.#found.set(uri.toString(), uri);
    const gone = before.filter((uri) => !this.#isShown(uri));
    for (const uri of gone) this.#collection.delete(uri);
    // One of them may be looked through just now.
    this.#queue(gone);
    let isShown = false;
    for (const { uri, ...places } of files) {
      if (!isTurnedOn(uri)) continue;
      isShown = true;
      if (!this.documentOf(uri)) this.#collection.set(uri, diagnosticsOf(places, this.time.now()));
    }
    this.#watch();
    return isShown;
  }

  dispose(): void {
    this.#isDisposed = true;
    if (shown === this) shown = undefined;
    this.#cancelTimer?.();
    this.#checking?.abort.abort();
    this.#stopFollowing?.();
    this.#endDays();
    this.#watcher?.dispose();
    for (const each of this.#disposables) each.dispose();
  }

  #isShown(uri: Uri): boolean {
    const key = uri.toString();
    return this.#open.has(key) || this.#found.has(key);
  }

  /** Looks at documents that editors have opened, and once more at those that have none now. */
  #followEditors(): void {
    const inEditors = urisInEditors();
    for (const document of workspace.textDocuments) {
      const { uri } = document;
      const key = uri.toString();
      const isOpen = isOfAPerson(uri) && inEditors.has(cellsOf(uri));
      if (isOpen === this.#open.has(key)) continue;
      if (isOpen) this.#open.set(key, document);
      else this.#open.delete(key);
      this.#queue([uri]);
    }
  }

  /** Follows the files that a search found models in. Their folder is watched by VS Code anyway. */
  #watch(): void {
    if (this.#found.size === 0) {
      this.#watcher?.dispose();
      this.#watcher = undefined;
    } else if (!this.#watcher) {
      this.#watcher = workspace.createFileSystemWatcher('**/*');
      const look = (uri: Uri): void => {
        if (this.#found.has(uri.toString())) this.#queue([uri]);
      };
      this.#watcher.onDidChange(look);
      this.#watcher.onDidCreate(look);
      this.#watcher.onDidDelete(look);
    }
  }

  #queueAll(): void {
    this.#queue([...this.#open.values()].map(({ uri }) => uri));
    this.#queue(this.#found.values());
  }

  #queue(uris: Iterable<Uri>): void {
    for (const uri of uris) {
      const key = uri.toString();
      this.#due.set(key, uri);
      if (this.#checking?.key === key) this.#checking.abort.abort();
    }
    this.#cancelTimer?.();
    this.#cancelTimer = windowTime.later(() => {
      const due = [...this.#due];
      this.#due.clear();
      this.#work = this.#work.then(() => this.#checkEach(due));
    }, typingPause);
  }

  async #checkEach(due: readonly (readonly [key: string, uri: Uri])[]): Promise<void> {
    for (const [key, uri] of due) {
      if (this.#isDisposed) return;
      const abort = new AbortController();
      this.#checking = { key, abort };
      try {
        const diagnostics = await this.#diagnosticsOf(key, uri, abort.signal);
        abort.signal.throwIfAborted();
        const isEdited = this.#edited.delete(key) && diagnostics.length > 0;
        // Others hear of each change, and an open menu of Problems loses its row, so there is none where nothing changes.
        if (isEdited || !areSame(this.#collection.get(uri) ?? [], diagnostics))
          this.#collection.set(uri, diagnostics);
      } catch (error) {
        // It is due again.
        if (!abort.signal.aborted) throw error;
      } finally {
        this.#checking = undefined;
      }
    }
  }

  async #diagnosticsOf(key: string, uri: Uri, signal: AbortSignal): Promise<readonly Diagnostic[]> {
    if (!isTurnedOn(uri)) return [];
    const lines = this.#open.get(key) ?? (this.#found.has(key) ? await linesInFile(uri) : undefined);
    if (!lines) return [];
    const places = await this.placesIn(lines, signal);
    return diagnosticsOf(places, this.time.now());
  }

  /** What is known about models: by the checkpoint list of the organization that is shown, if there is one. */
  async #facts(): Promise<Parameters<typeof endOf>[0]> {
    const active = await this.current.get();
    const organization = active.kind === 'organization' ? active.organization : undefined;
    if (organization !== this.#organization && !this.#isDisposed) {
      this.#stopFollowing?.();
      this.#organization = organization;
      this.#stopFollowing = organization?.catalog.onDidChange(() => this.#queueAll());
    }
    return organization ?? { catalog: { entry: () => undefined } };
  }
}

/** Whether problems read and look the same. The source and the code follow from the severity. */
function areSame(before: readonly Diagnostic[], after: readonly Diagnostic[]): boolean {
  return (
    before.length === after.length &&
    after.every((each, index) => {
      const other = before[index];
      return (
        other?.message === each.message && other.severity === each.severity && other.range.isEqual(each.range)
      );
    })
  );
}

/** A workspace may turn it off for itself, and so may a folder. */
function isTurnedOn(uri: Uri): boolean {
  return workspace.getConfiguration('', uri).get(settingIds.shutdownProblems) !== false;
}

/** Whether a document is one that a person edits or has in the workspace. Others are output, older revisions, and pages. */
function isOfAPerson(uri: Uri): boolean {
  return (
    uri.scheme === 'untitled' ||
    uri.scheme === notebookCell ||
    workspace.fs.isWritableFileSystem(uri.scheme) === true ||
    workspace.getWorkspaceFolder(uri) !== undefined
  );
}

const notebookCell = 'vscode-notebook-cell';

/** What stands for a document in {@link urisInEditors}: all cells of a notebook have its path. */
function cellsOf(uri: Uri): string {
  return uri.scheme === notebookCell ? `${notebookCell}:${uri.path}` : uri.toString();
}

/** The documents and notebooks that have a tab, or an editor in sight without one. */
function urisInEditors(): Set<string> {
  const inTabs = window.tabGroups.all.flatMap(({ tabs }) =>
    tabs.flatMap(({ input }) => {
      if (input instanceof TabInputText) return [input.uri.toString()];
      if (input instanceof TabInputTextDiff) return [input.original.toString(), input.modified.toString()];
      return input instanceof TabInputNotebook ? [`${notebookCell}:${input.uri.path}`] : [];
    }),
  );
  return new Set([...inTabs, ...window.visibleTextEditors.map(({ document }) => document.uri.toString())]);
}

/** The lines of a file of the workspace; undefined if it is gone, too large, no regular file, or no text. */
async function linesInFile(uri: Uri): Promise<TextLines | undefined> {
  try {
    const bytes = await readRegularFile(uri, largestFile);
    const text = bytes && decodeText(bytes);
    return text === undefined ? undefined : linesOf(text);
  } catch {
    return undefined;
  }
}
