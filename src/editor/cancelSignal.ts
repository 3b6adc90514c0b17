import type { CancellationToken } from 'vscode';

/** VS Code's way to say "cancel" as the web's. */
export function cancelSignal(token: CancellationToken): AbortSignal {
  const abort = new AbortController();
  if (token.isCancellationRequested) abort.abort();
  else token.onCancellationRequested(() => abort.abort());
  return abort.signal;
}
