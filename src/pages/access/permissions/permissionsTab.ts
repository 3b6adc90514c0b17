import { element } from '../element';
import type { PageTab, TabContext } from '../tab';

export function createPermissionsTab(_context: TabContext): PageTab {
  return {
    id: 'permissions',
    element: element('div', 'permissions'),
    show: () => undefined,
    hide: () => undefined,
    focus: () => undefined,
    receive: () => undefined,
    search: () => undefined,
    state: () => undefined,
    restore: () => undefined,
  };
}
