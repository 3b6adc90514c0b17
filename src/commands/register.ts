import { commands, type Disposable, lm } from 'vscode';
import { commandIds, toolIds } from '../ids';
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
 * Registers the tools of agents. Their bundle is loaded when one is called.
 *
 * @param api absent in editors that have no agents
 */
export function registerTools(services: Services, api: Partial<typeof lm> | undefined = lm): Disposable[] {
  const names = Object.keys(toolIds) as (keyof typeof toolIds)[];
  return names.flatMap(
    (name) =>
      api?.registerTool?.(toolIds[name], {
        prepareInvocation: async ({ input }) =>
          (await import('./agents/tools')).prepareTool(name, services, input),
        invoke: async (options, token) =>
          (await import('./agents/tools')).invokeTool(name, services, options, token),
      }) ?? [],
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
