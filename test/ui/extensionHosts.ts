import { readdir, readFile } from 'node:fs/promises';
import { currentSession } from './workbench/session';

/** The process IDs of the extension hosts of the server that the tests run against. */
export async function extensionHosts(): Promise<number[]> {
  const { dataFolder } = currentSession().server();
  const ids = (await readdir('/proc')).filter((entry) => /^\d+$/.test(entry));
  const processes = await Promise.all(
    ids.map(async (id) => {
      const [command, stat] = await Promise.all([
        readFile(`/proc/${id}/cmdline`, 'utf8').catch(() => ''),
        readFile(`/proc/${id}/stat`, 'utf8').catch(() => ''),
      ]);
      // Behind the name: state, parent, process group.
      const group = stat.slice(stat.lastIndexOf(')')).split(' ')[3];
      return { id: Number(id), command, group };
    }),
  );
  const groups = new Set(
    processes.filter(({ command }) => command.includes(dataFolder)).map(({ group }) => group),
  );
  return processes
    .filter(({ command, group }) => command.includes('--type=extensionHost') && groups.has(group))
    .map(({ id }) => id);
}
