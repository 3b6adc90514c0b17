import type { Progress } from 'vscode';
import { type Wait, waitInWords } from './time';

/** Tells a wait and, each second, how much of it is left. Returns what stops it; it stops by itself when it is over. */
export function countDown(progress: Progress<{ message?: string }>, wait: Wait): () => void {
  const tell = (): void => {
    if (Date.now() >= wait.until) clearInterval(tick);
    else progress.report({ message: waitInWords(wait, Date.now()) });
  };
  const tick = setInterval(tell, 1000);
  tell();
  return () => clearInterval(tick);
}
