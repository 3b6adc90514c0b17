import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

/** Signals that end a process group, with the milliseconds given to each: the first asks, the second insists. */
const endings = [
  ['SIGTERM', 1_500],
  ['SIGKILL', 3_000],
] as const;

/**
 * Ends a whole process group, and resolves when none of it is running.
 *
 * @throws Error when that cannot be done
 */
export async function endGroup(group: number): Promise<void> {
  for (const [signal, patience] of endings) {
    if (!isRunning(group)) return;
    process.kill(-group, signal);
    for (const end = performance.now() + patience; performance.now() < end; await pause(20))
      if (!isRunning(group)) return;
  }
  throw new Error(`the processes of group ${group} could not be ended`);
}

/** Whether a process of a group is running. One that has ended and waits for its parent to take note does not count. */
export function isRunning(group: number): boolean {
  try {
    process.kill(-group, 0);
  } catch {
    return false;
  }
  return process.platform !== 'linux' || readdirSync('/proc').some((pid) => isRunningIn(group, pid));
}

function isRunningIn(group: number, pid: string): boolean {
  if (!/^\d+$/.test(pid)) return false;
  try {
    // "pid (name) state parent group …", and the name may hold anything.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    return fields[0] !== 'Z' && fields[0] !== 'X' && Number(fields[2]) === group;
  } catch {
    return false;
  }
}
