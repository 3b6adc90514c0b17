import type { Progress } from 'vscode';
import { ProgressLocation, window } from 'vscode';
import type { MayWait } from '../../access/loading/waits';
import type { Wait } from '../../access/matrix/cell';
import type { Organization } from '../../access/organization';
import { steadyNow } from '../../text/steadyClock';
import { type ListWait, waitInWords, waitingFor } from '../../words/waiting';

/**
 * Shows one notification while reads of an organization wait, with a countdown of the longest wait and a cancel button.
 * It closes when no read waits, or the organization is no longer shown.
 */
export function showWaitNotice(
  organization: Organization,
  reads: readonly MayWait[] = [organization.permissions, organization.projects, organization.gates],
  title: string = waitingFor.permissions,
): void {
  const { isSample } = organization;
  let shown = false;
  const waiting = () => reads.flatMap(({ waits }) => waits).filter(({ until }) => until > steadyNow());
  for (const read of reads) read.onDidChangeWaits(notice);
  // One may have begun before this code was loaded.
  notice();

  function notice(): void {
    if (shown || waiting().length === 0) return;
    shown = true;
    const { closed } = organization;
    void window
      .withProgress(
        {
          location: ProgressLocation.Notification,
          title: isSample ? waitingFor.sample : title,
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
              const over = setTimeout(draw, longest.until - steadyNow());
              const stopCounting = countDown(progress, longest);
              stop = () => {
                clearTimeout(over);
                stopCounting();
              };
            };
            const unsubscribe = reads.map((each) => each.onDidChangeWaits(draw));
            const cancelled = token.onCancellationRequested(() => {
              for (const each of reads) each.cancelWaits();
            });
            closed.addEventListener('abort', end);
            draw();
            function end(): void {
              stop();
              for (const each of unsubscribe) each();
              cancelled.dispose();
              closed.removeEventListener('abort', end);
              resolve();
            }
          }),
      )
      .then(() => {
        shown = false;
      });
  }
}

/**
 * Reports a wait and, each second, its remaining time, until it is over. Returns a function that stops the countdown.
 */
export function countDown(progress: Progress<{ message?: string }>, wait: Wait | ListWait): () => void {
  const report = (): void => {
    if (steadyNow() >= wait.until) clearInterval(timer);
    else progress.report({ message: waitInWords(wait, steadyNow()) });
  };
  const timer = setInterval(report, 1000);
  report();
  return () => clearInterval(timer);
}
