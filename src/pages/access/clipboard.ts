import type { CopiedTable } from './copyTable';

/** Whether a person copies text of a field, or text that was marked. It is copied as it is. */
export function isCopyOfText(event: ClipboardEvent): boolean {
  const [target] = event.composedPath();
  return target instanceof HTMLInputElement || document.getSelection()?.isCollapsed === false;
}

/** Fills the clipboard, in place of what the browser would copy. */
export function copyToClipboard(event: ClipboardEvent, { text, html }: CopiedTable): void {
  if (!event.clipboardData) return;
  event.clipboardData.setData('text/plain', text);
  event.clipboardData.setData('text/html', html);
  event.preventDefault();
}
