import { Range, type TextDocument } from 'vscode';
import type { TextRange } from '../../access/accessFile/accessFile';

/** Where a part of a text is in its document. */
export function rangeIn(document: TextDocument, { offset, length }: TextRange): Range {
  return new Range(document.positionAt(offset), document.positionAt(offset + length));
}
