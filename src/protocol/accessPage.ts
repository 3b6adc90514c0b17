import { isBoolean, isNumber, isObject, isString, oneOf, record } from './validators';

// Messages between the Access page and the extension. Each is for the page itself or for one of its tabs, which checks
// its own.

/** The tabs of the Access page, in their order. */
export const tabIds = ['matrix', 'permissions', 'findings', 'history', 'changes', 'explain'] as const;

export type TabId = (typeof tabIds)[number];

/** The organization of a page, and whether the window shows it. Its data can change only while it does. */
export interface PageOrganization {
  readonly name: string;
  readonly isSample: boolean;
  /** `other`: the window shows another organization. `closed`: this one can't be opened, for example without its key. */
  readonly use: 'inUse' | 'other' | 'closed';
}

/** Message of the extension to the page itself. Each part replaces the same part of earlier messages. */
export interface ShellUpdate {
  readonly type: 'shell';
  readonly organization?: PageOrganization;
  /** The tab to select. */
  readonly tab?: TabId;
  /** The tab to select, counted from the selected one. */
  readonly move?: 1 | -1;
  /** The search to set. */
  readonly search?: string;
}

/** Message of the page itself to the extension. */
export type ShellRequest =
  /** The page has no data: it was opened, or shown again. */
  | { readonly type: 'ready'; readonly tab: TabId }
  /** Asks whether the extension answers. */
  | { readonly type: 'ping' }
  | { readonly type: 'tab'; readonly tab: TabId }
  /** Shows the organization of the page in the window, or closes the page. */
  | { readonly type: 'switch' | 'close' };

/** A message of the extension as it is sent. The answer to a ping has no part. */
export type PageMessage =
  | { readonly to: 'page'; readonly update: ShellUpdate }
  | { readonly to: TabId; readonly update: unknown };

/** A message of the page as it is sent. */
export type HostMessage =
  | { readonly to: 'page'; readonly request: ShellRequest }
  | { readonly to: TabId; readonly request: unknown };

const isTab = oneOf(...tabIds);

/** Parses a message of the page; undefined when it is invalid. What is for a tab is checked by the tab. */
export function parseHostMessage(value: unknown): HostMessage | undefined {
  if (!isObject(value)) return undefined;
  const { to, request } = value;
  if (isTab(to)) return { to: to as TabId, request };
  if (to !== 'page' || !isObject(request)) return undefined;
  const { type, tab } = request;
  if (type === 'ping' || type === 'switch' || type === 'close') return { to, request: { type } };
  if ((type === 'ready' || type === 'tab') && isTab(tab)) return { to, request: { type, tab: tab as TabId } };
  return undefined;
}

const isShellUpdate = record(
  { type: oneOf('shell') },
  {
    organization: record({ name: isString, isSample: isBoolean, use: oneOf('inUse', 'other', 'closed') }),
    tab: isTab,
    move: (value) => isNumber(value) && Math.abs(value as number) === 1,
    search: isString,
  },
);

/**
 * A message of the extension as it is posted. As a text, because VS Code goes through the values of an object one by one,
 * which takes the extension host several times as long.
 */
export function pageMessageText(message: PageMessage): string {
  return JSON.stringify(message);
}

/** Parses a posted message of the extension; undefined when it is none. What is for a tab is checked by the tab. */
export function parsePageMessage(posted: unknown): PageMessage | undefined {
  const value = typeof posted === 'string' ? parsedOrUndefined(posted) : undefined;
  if (!isObject(value)) return undefined;
  const { to, update } = value;
  if (isTab(to)) return { to: to as TabId, update };
  return to === 'page' && isShellUpdate(update) ? { to, update: update as ShellUpdate } : undefined;
}

function parsedOrUndefined(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
