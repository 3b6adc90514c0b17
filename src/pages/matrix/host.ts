import { type PageRequest, type PageUpdate, parsePageUpdate } from '../../protocol/matrix';
import { type PageState, stateIn } from './state';

/** What VS Code gives a page of an extension, once. */
interface VSCode {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): VSCode;

const code = acquireVsCodeApi();

export function ask(message: PageRequest): void {
  code.postMessage(message);
}

/** Hears what the extension tells; what is no message of it is passed over. */
export function onTold(listener: (message: PageUpdate) => void): void {
  window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    const message = parsePageUpdate(data);
    if (message) listener(message);
  });
}

export function keptState(): PageState {
  return stateIn(code.getState());
}

export function keep(state: PageState): void {
  code.setState(state);
}
