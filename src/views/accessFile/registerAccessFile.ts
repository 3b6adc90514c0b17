import { type Disposable, type TextDocument, workspace } from 'vscode';
import type { CurrentOrganization } from '../../organizations/currentOrganization';
import { isAccessFile } from './isAccessFile';

/**
 * Checks access files, and completes and describes what is in them. The code is loaded when the first one is opened.
 * Sends no request.
 */
export function registerAccessFile(current: CurrentOrganization): Disposable {
  let features: Promise<Disposable> | undefined;
  const look = ({ uri }: TextDocument): void => {
    if (isAccessFile(uri))
      features ??= import('./fileFeatures').then((loaded) => loaded.startFeatures(current));
  };
  const opened = workspace.onDidOpenTextDocument(look);
  workspace.textDocuments.forEach(look);
  return {
    dispose() {
      opened.dispose();
      void features?.then((started) => started.dispose());
    },
  };
}
