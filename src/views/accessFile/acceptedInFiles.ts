import { type Disposable, type FileSystemWatcher, RelativePattern, Uri, workspace } from 'vscode';
import { longestAccessFile } from '../../access/accessFile/accessFile';
import { accessFilePath } from '../../access/accessFile/accessFilePath';
import { parseAccessFile } from '../../access/accessFile/parseAccessFile';
import type { Acceptance } from '../../access/evidence/review/accepted';
import type { Organization } from '../../access/organization';
import { inSlices } from '../../access/slices';
import { readRegularFile } from '../../editor/readFile';

/**
 * Tells an organization which findings the access files of the workspace accept, as they are saved, until it is disposed of.
 * A file counts if it is valid, names the organization, and is in a workspace that is trusted: it could hide findings.
 */
export class AcceptedInFiles implements Disposable {
  readonly #subscriptions: Disposable[];
  #watchers: FileSystemWatcher[] = [];
  /** The reading that is under way. Another one makes it void. */
  #round = 0;

  constructor(private readonly organization: Organization) {
    this.#subscriptions = [
      workspace.onDidChangeWorkspaceFolders(() => this.#watch()),
      workspace.onDidGrantWorkspaceTrust(() => void this.#read()),
      { dispose: organization.onDidLearnName(() => void this.#read()) },
    ];
    this.#watch();
  }

  dispose(): void {
    this.#round += 1;
    for (const subscription of [...this.#subscriptions, ...this.#watchers]) subscription.dispose();
    this.organization.accepted.useFile([]);
  }

  #watch(): void {
    for (const watcher of this.#watchers) watcher.dispose();
    const read = (): void => void this.#read();
    this.#watchers = (workspace.workspaceFolders ?? []).map((folder) => {
      const watcher = workspace.createFileSystemWatcher(new RelativePattern(folder, accessFilePath));
      watcher.onDidChange(read);
      watcher.onDidCreate(read);
      watcher.onDidDelete(read);
      return watcher;
    });
    read();
  }

  async #read(): Promise<void> {
    this.#round += 1;
    const round = this.#round;
    const folders = workspace.isTrusted ? (workspace.workspaceFolders ?? []) : [];
    const found = await Promise.all(folders.map(({ uri }) => this.#acceptedIn(uri)));
    if (round === this.#round) this.organization.accepted.useFile(found.flat());
  }

  async #acceptedIn(folder: Uri): Promise<readonly Acceptance[]> {
    try {
      const uri = Uri.joinPath(folder, ...accessFilePath.split('/'));
      // In UTF-8, a character has at most three bytes for each of its units.
      const bytes = await readRegularFile(uri, 3 * longestAccessFile);
      if (!bytes) return [];
      const reading = await inSlices(parseAccessFile(new TextDecoder().decode(bytes)));
      const name = this.organization.identity?.organization;
      return 'file' in reading && reading.file.organization === name ? reading.file.accepted : [];
    } catch {
      // Most folders have no such file.
      return [];
    }
  }
}
