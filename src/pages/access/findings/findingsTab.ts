import { element } from '../element';
import type { PageTab, TabContext } from '../tab';

export function createFindingsTab(_context: TabContext): PageTab {
  return {
    id: 'findings',
    element: element('div', 'findings'),
    show: () => undefined,
    hide: () => undefined,
    focus: () => undefined,
    receive: () => undefined,
    search: () => undefined,
    state: () => undefined,
    restore: () => undefined,
  };
}
