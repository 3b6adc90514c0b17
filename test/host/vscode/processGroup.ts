import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

/** Signals that end a process group, with the milliseconds to wait after each. */
const endings = [
  ['SIGTERM', 1_500],
  ['SIGKILL', 3_000],
] as const;

/**
 * Ends a process group. Resolves when none of its processes is running.
 *
 * @throws Error when a process is still running
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

/** Whether a process of a group is running. Zombies don't count. */
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
    // "pid (name) state parent group …", where the name can contain any character.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    return fields[0] !== 'Z' && fields[0] !== 'X' && Number(fields[2]) === group;
  } catch {
    return false;
  }
}
