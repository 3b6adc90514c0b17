import { ProgressLocation, window } from 'vscode';
import { APIUserAbortError } from '../openai';

/** The time, in milliseconds, after which work on this computer shows that it is under way. */
const slowAfterMs = 1000;

/**
 * Does work that is usually quick. If it isn't, a notification shows its progress, with a button to cancel it. Resolves
 * and rejects as the work does; the reason of its signal is an `APIUserAbortError`.
 */
export async function whileMaybeSlow<T>(
  title: string,
  work: (signal: AbortSignal, report: (message: string) => void) => Promise<T>,
): Promise<T> {
  const abort = new AbortController();
  let report = (_message: string): void => undefined;
  const working = work(abort.signal, (message) => report(message));
  const show = (): void => {
    const options = { location: ProgressLocation.Notification, title, cancellable: true };
    void window.withProgress(options, (progress, token) => {
      report = (message) => progress.report({ message });
      token.onCancellationRequested(() => abort.abort(new APIUserAbortError()));
      return working.then(
        () => undefined,
        () => undefined,
      );
    });
  };
  const timer = setTimeout(show, slowAfterMs);
  try {
    return await working;
  } finally {
    clearTimeout(timer);
  }
}
