import { commands, type Disposable } from 'vscode';
import { commandIds } from '../ids';
import type { Services } from './shared/services';

/** Registers every command. The bundle of the commands is loaded when the first one runs. */
export function registerCommands(services: Services): Disposable[] {
  const names = Object.keys(commandIds) as (keyof typeof commandIds)[];
  return names.map((name) =>
    commands.registerCommand(commandIds[name], async (target?: unknown, selection?: unknown) => {
      const { run } = await import('./handlers');
      await run(name, services, target, selection);
    }),
  );
}

/**
 * Says what changed since an earlier session when its lists are loaded again: after a short while, because several are
 * loaded together.
 */
export function tellChangesWhenReloaded(services: Services): Disposable {
  return services.current.onDidOpen((organization) => {
    const memory = services.memories.of(organization);
    memory?.onDidReload(async () => {
      const { tellChanges } = await import('./handlers');
      tellChanges(organization, memory);
    });
  });
}

/**
 * Offers to resume the interrupted plans of an organization when it is opened. Sends no request. Loads no code while
 * there is no record of a change.
 */
export function offerInterruptedWhenOpened(services: Services): Disposable {
  return services.current.onDidOpen(async (organization) => {
    if (organization.isSample || !(await services.journals.hasRecords())) return;
    const { offerInterrupted } = await import('./handlers');
    await offerInterrupted(services, organization);
  });
}
