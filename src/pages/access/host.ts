import { type HostMessage, type PageMessage, parsePageMessage } from '../../protocol/accessPage';
import { asObject } from '../../protocol/validators';

/** The API that VS Code gives a webview, once. */
interface HostApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): HostApi;

const host = acquireVsCodeApi();

export function sendRequest(message: HostMessage): void {
  host.postMessage(message);
}

/** Calls the listener for each valid message of the extension. Ignores other messages. */
export function onMessage(listener: (message: PageMessage) => void): void {
  window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    const message = parsePageMessage(data);
    if (message) listener(message);
  });
}

/** The kept state of the page, by the names of its parts. It may be from another version. */
export function savedState(): Readonly<Record<string, unknown>> {
  return asObject(host.getState());
}

export function saveState(state: Readonly<Record<string, unknown>>): void {
  host.setState(state);
}
