import { fork } from 'node:child_process';

/** How a process ended: its exit code, and the last message that it sent. */
export interface Forked<T> {
  readonly code: number | null;
  readonly sent: T | undefined;
}

/** Runs a script in a process of its own, by this Node.js or another one. */
export function forked<T>(
  script: string,
  args: readonly string[],
  execPath = process.execPath,
): Promise<Forked<T>> {
  const child = fork(script, args, { execPath });
  let sent: T | undefined;
  child.on('message', (message) => {
    sent = message as T;
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, sent }));
  });
}
