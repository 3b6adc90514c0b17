import { randomUUID } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { codeOf } from './storage';

/** A run of the extension in one window. */
export interface Session {
  readonly id: string;
  readonly pid?: number;
  /** The name of the machine, for people: it may change, and two machines may have the same. */
  readonly host?: string;
  /** Where `pid` and `began` mean something: this start of this machine, and this space of process numbers. Linux only. */
  readonly boot?: string;
  /** When the process began, in the system's own unit: tells two processes of one number apart. Linux only. */
  readonly began?: string;
}

/** The session of this process. A process that is started anew is another one. */
export const thisSession: Session = sessionOf(process.pid);

function sessionOf(pid: number): Session {
  const boot = bootId();
  const stat = statOf(pid);
  return {
    id: randomUUID(),
    pid,
    host: hostname(),
    ...(boot !== undefined && { boot }),
    ...(typeof stat === 'object' && { began: stat.began }),
  };
}

/**
 * Whether the process of a session has surely ended. False when that cannot be known from here: then only its heartbeat
 * tells (see `heartbeat.ts`).
 */
export function hasSurelyEnded({ pid, boot, began }: Session): boolean {
  if (pid === undefined || boot === undefined || boot !== thisSession.boot) return false;
  const stat = statOf(pid);
  if (stat === 'unknown') return false;
  // One that has ended stays in the list until its parent has taken note, which in a container may be never.
  if (stat === 'none' || stat.state === 'Z' || stat.state === 'X') return true;
  return began !== undefined && stat.began !== began;
}

function bootId(): string | undefined {
  if (process.platform !== 'linux') return undefined;
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    // Containers share the start of the machine, but not the numbers of processes.
    return `${boot} ${readlinkSync('/proc/self/ns/pid')}`;
  } catch {
    return undefined;
  }
}

type ProcessStat = { readonly state: string; readonly began: string };

/** What Linux tells of a process. */
function statOf(pid: number): ProcessStat | 'none' | 'unknown' {
  if (process.platform !== 'linux') return 'unknown';
  try {
    // "pid (name) state parent …": the name may hold anything, and the begin is the 22nd field.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /s, '');
    const [state = '', ...rest] = fields.split(' ');
    const began = rest[18];
    return began === undefined ? 'unknown' : { state, began };
  } catch (error) {
    const code = codeOf(error);
    return code === 'ENOENT' || code === 'ESRCH' ? 'none' : 'unknown';
  }
}
