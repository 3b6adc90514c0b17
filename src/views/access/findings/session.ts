import type { TabDependencies, TabSession } from '../tabSession';

/** The extension's side of the tab. */
export class FindingsSession implements TabSession {
  constructor(_dependencies: TabDependencies) {}

  sendAll(): void {}

  setVisible(_isVisible: boolean): void {}

  receive(_message: unknown): void {}

  dispose(): void {}
}
