import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** A run of the extension in one window. */
export interface Session {
  readonly id: string;
  readonly pid: number;
  /** When the process began, in the system's own unit; tells two processes of one number apart. Linux only. */
  readonly began?: string;
}

/** The session of this process; a process that is started anew is another one. */
export const thisSession: Session = sessionOf(process.pid);

function sessionOf(pid: number): Session {
  const began = beginOf(pid);
  return { id: randomUUID(), pid, ...(began !== undefined && { began }) };
}

/** Whether the process of a session still runs, so that what it was doing may still be going on. */
export function isAlive(session: Session): boolean {
  if (session.id === thisSession.id) return true;
  // Numbers are given out again: ours was another process's before.
  if (session.pid === process.pid) return false;
  try {
    process.kill(session.pid, 0);
  } catch (error) {
    // EPERM: it runs, and belongs to somebody else.
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  const began = beginOf(session.pid);
  return began === undefined || session.began === undefined || began === session.began;
}

function beginOf(pid: number): string | undefined {
  if (process.platform !== 'linux') return undefined;
  try {
    // "pid (name) state parent …": the name may hold anything, and the begin is the 22nd field.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /s, '');
    return fields.split(' ')[19];
  } catch {
    return undefined;
  }
}
