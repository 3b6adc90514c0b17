import { type PageRequest, type PageUpdate, parsePageUpdate } from '../../protocol/matrix';
import { type PageState, parseState } from './state';

/** The API that VS Code gives a webview, once. */
interface HostApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): HostApi;

const host = acquireVsCodeApi();

export function sendRequest(message: PageRequest): void {
  host.postMessage(message);
}

/** Calls the listener for each valid message of the extension. Ignores other messages. */
export function onMessage(listener: (message: PageUpdate) => void): void {
  window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    const message = parsePageUpdate(data);
    if (message) listener(message);
  });
}

export function savedState(): PageState {
  return parseState(host.getState());
}

export function saveState(state: PageState): void {
  host.setState(state);
}
