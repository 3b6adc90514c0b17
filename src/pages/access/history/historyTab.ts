import { element } from '../element';
import type { PageTab, TabContext } from '../tab';

export function createHistoryTab(_context: TabContext): PageTab {
  return {
    id: 'history',
    element: element('div', 'history'),
    show: () => undefined,
    hide: () => undefined,
    focus: () => undefined,
    receive: () => undefined,
    search: () => undefined,
    state: () => undefined,
    restore: () => undefined,
  };
}
