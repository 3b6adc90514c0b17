import { ProgressLocation, window } from 'vscode';
import type { Organization } from '../access/organization';
import type { Waiting } from '../access/permissionStore';
import { waitInWords } from '../editor/time';

/**
 * Shows that a read has to wait, counts the time down, and lets the person cancel it. Ends with the wait, with the read,
 * or when the organization is no longer shown.
 */
export function showWaiting(organization: Organization, waiting: Waiting, now: () => number): void {
  const { permissions, closed } = organization;
  const title = organization.isSample ? 'Sample organization' : 'Checkpoint permissions';
  void window.withProgress(
    { location: ProgressLocation.Notification, title, cancellable: true },
    (progress, token) =>
      new Promise<void>((resolve) => {
        const tell = (): void => {
          if (now() >= waiting.until) end();
          else progress.report({ message: waitInWords(waiting, now()) });
        };
        const tick = setInterval(tell, 1000);
        const unsubscribe = permissions.onDidChange((checkpoint) => {
          if (checkpoint === waiting.checkpoint && !permissions.snapshot(checkpoint).reading) end();
        });
        const cancelled = token.onCancellationRequested(() => permissions.cancel(waiting.checkpoint));
        closed.addEventListener('abort', end);
        function end(): void {
          clearInterval(tick);
          unsubscribe();
          cancelled.dispose();
          closed.removeEventListener('abort', end);
          resolve();
        }
        tell();
      }),
  );
}
