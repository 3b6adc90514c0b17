import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { hostname, uptime } from 'node:os';

/** A run of the extension in one window. */
export interface Session {
  readonly id: string;
  readonly pid: number;
  /** When the process began, in the system's own unit; tells two processes of one number apart. Linux only. */
  readonly began?: string;
  /** When the machine was started, in milliseconds since 1970: the same for want of {@link began}. Not on Linux. */
  readonly booted?: number;
  /** The name of the machine: on another one the number says nothing. */
  readonly host?: string;
}

/** By how much two readings of when the machine was started may differ, in milliseconds: clocks are set. */
const clockSlack = 5 * 60_000;

/** The session of this process; a process that is started anew is another one. */
export const thisSession: Session = sessionOf(process.pid);

function sessionOf(pid: number): Session {
  const began = statOf(pid)?.began;
  const since = began === undefined ? { booted: bootedAt() } : { began };
  return { id: randomUUID(), pid, ...since, host: hostname() };
}

function bootedAt(): number {
  return Math.round(Date.now() - uptime() * 1000);
}

/** Whether a session ran on this machine, as far as is known, so that {@link isAlive} can tell. */
export function isOfThisMachine({ host }: Session): boolean {
  return host === undefined || host === thisSession.host;
}

/**
 * Whether the process of a session of this machine still runs, so that what it was doing may still be going on.
 */
export function isAlive(session: Session): boolean {
  if (session.id === thisSession.id) return true;
  // Numbers are given out again: ours was another process's before.
  if (session.pid === process.pid) return false;
  if (session.booted !== undefined && Math.abs(session.booted - bootedAt()) > clockSlack) return false;
  try {
    process.kill(session.pid, 0);
  } catch (error) {
    // EPERM: it runs, and belongs to somebody else.
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  const stat = statOf(session.pid);
  if (!stat) return true;
  // One that has ended stays in the list until its parent has taken note, which in a container may be never.
  if (stat.state === 'Z' || stat.state === 'X') return false;
  return session.began === undefined || stat.began === session.began;
}

/** What Linux tells of a process; undefined elsewhere, and when there is none of that number. */
function statOf(pid: number): { readonly state: string; readonly began: string } | undefined {
  if (process.platform !== 'linux') return undefined;
  try {
    // "pid (name) state parent …": the name may hold anything, and the begin is the 22nd field.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /s, '');
    const [state = '', ...rest] = fields.split(' ');
    return { state, began: rest[18] ?? '' };
  } catch {
    return undefined;
  }
}
