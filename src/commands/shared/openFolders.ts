import { FileType, Uri, workspace } from 'vscode';
import type { OpenFolder } from '../../access/discovery/workspace';

/** A folder of the workspace whose files can be opened. */
export interface LocatedFolder extends OpenFolder {
  /** The URI of a path in it. */
  at(path: string): Uri;
}

/** The workspace folders as the search reads them, local or remote. */
export function openFolders(): LocatedFolder[] {
  return (workspace.workspaceFolders ?? []).map(({ name, uri }) => {
    const at = (path: string): Uri => (path === '' ? uri : Uri.joinPath(uri, ...path.split('/')));
    return {
      name,
      at,
      // What is on another machine, or in no real folder, is taken as Linux takes it.
      ignoresCase: uri.scheme === 'file' && ['darwin', 'win32'].includes(process.platform),
      async list(folder) {
        const entries = await workspace.fs.readDirectory(at(folder));
        return entries.map(([entry, type]) => ({ name: entry, kind: kindOf(type) }));
      },
      size: async (file) => (await workspace.fs.stat(at(file))).size,
      read: async (file) => workspace.fs.readFile(at(file)),
    };
  });
}

/** Compares whole types: a symbolic link has the bit of its target set, too, and is not followed. */
function kindOf(type: FileType): 'file' | 'folder' | 'other' {
  if (type === FileType.File) return 'file';
  return type === FileType.Directory ? 'folder' : 'other';
}
