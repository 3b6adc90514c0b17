import { FileType, Uri, workspace } from 'vscode';
import type { OpenFolder } from '../access/discovery/workspace';

/** The folders that are open in this window, on this machine or any other, as the search of the workspace reads them. */
export function openFolders(): OpenFolder[] {
  return (workspace.workspaceFolders ?? []).map(({ name, uri }) => {
    const at = (path: string): Uri => (path === '' ? uri : Uri.joinPath(uri, ...path.split('/')));
    return {
      name,
      async list(folder) {
        const entries = await workspace.fs.readDirectory(at(folder));
        return entries.map(([entry, type]) => ({ name: entry, kind: kindOf(type) }));
      },
      size: async (file) => (await workspace.fs.stat(at(file))).size,
      read: async (file) => workspace.fs.readFile(at(file)),
    };
  });
}

/** A link has the bit of what it leads to beside its own, so the types are compared whole. */
function kindOf(type: FileType): 'file' | 'folder' | 'other' {
  if (type === FileType.File) return 'file';
  return type === FileType.Directory ? 'folder' : 'other';
}
