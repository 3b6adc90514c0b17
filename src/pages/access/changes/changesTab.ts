import { element } from '../element';
import type { PageTab, TabContext } from '../tab';

export function createChangesTab(_context: TabContext): PageTab {
  return {
    id: 'changes',
    element: element('div', 'changes'),
    show: () => undefined,
    hide: () => undefined,
    focus: () => undefined,
    receive: () => undefined,
    search: () => undefined,
    state: () => undefined,
    restore: () => undefined,
  };
}
