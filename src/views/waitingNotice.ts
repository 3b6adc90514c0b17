import { ProgressLocation, window } from 'vscode';
import type { Organization } from '../access/organization';
import { countDown } from '../editor/countDown';

/**
 * Shows while reads of an organization wait, counts the longest wait down, and lets the person cancel them: one notice
 * however many wait. Ends with the waits, or when the organization is no longer shown.
 */
export function noticeWaits({ permissions, closed, isSample }: Organization): void {
  let shown = false;
  const waiting = () => permissions.waits.filter(({ until }) => until > Date.now());
  permissions.onDidChangeWaits(() => {
    if (shown || waiting().length === 0) return;
    shown = true;
    void window
      .withProgress(
        {
          location: ProgressLocation.Notification,
          title: isSample ? 'Sample organization' : 'Reading permissions',
          cancellable: true,
        },
        (progress, token) =>
          new Promise<void>((resolve) => {
            let stop = (): void => undefined;
            const draw = (): void => {
              stop();
              const longest = waiting().sort((one, other) => other.until - one.until)[0];
              if (!longest) {
                end();
                return;
              }
              const over = setTimeout(draw, longest.until - Date.now());
              const stopCounting = countDown(progress, longest);
              stop = () => {
                clearTimeout(over);
                stopCounting();
              };
            };
            const unsubscribe = permissions.onDidChangeWaits(draw);
            const cancelled = token.onCancellationRequested(() => permissions.cancelWaits());
            closed.addEventListener('abort', end);
            draw();
            function end(): void {
              stop();
              unsubscribe();
              cancelled.dispose();
              closed.removeEventListener('abort', end);
              resolve();
            }
          }),
      )
      .then(() => {
        shown = false;
      });
  });
}
