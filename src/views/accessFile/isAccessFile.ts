import { type Uri, workspace } from 'vscode';
import { accessFilePath } from '../../access/accessFile/accessFilePath';

/** Whether a file is an access file that can be written: not what it was in an earlier version. */
export function isAccessFile({ scheme, path }: Uri): boolean {
  return path.endsWith(`/${accessFilePath}`) && workspace.fs.isWritableFileSystem(scheme) !== false;
}
