import { commands, type Disposable } from 'vscode';
import { commandIds } from '../ids';
import type { Services } from './shared/services';

/** Registers every command. The code of the commands is loaded when the first one is run. */
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
 * When an organization comes to be shown, offers what was interrupted in it. Sends nothing, and loads nothing unless
 * something was ever changed.
 */
export function offerInterruptedWhenOpened(services: Services): Disposable {
  return services.current.onDidOpen(async (organization) => {
    if (organization.isSample || !(await services.journals.hasRecords())) return;
    const { offerInterrupted } = await import('./handlers');
    await offerInterrupted(services, organization);
  });
}
