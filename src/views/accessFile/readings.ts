import type { TextDocument } from 'vscode';
import { type AccessFileReading, parseAccessFile } from '../../access/accessFile/parseAccessFile';
import { inSlices } from '../../access/slices';

/** What a document says, by its version. */
export interface DocumentReading {
  readonly version: number;
  readonly text: string;
  readonly reading: AccessFileReading;
}

const readings = new WeakMap<
  TextDocument,
  { readonly version: number; readonly reading: Promise<DocumentReading> }
>();

/** Reads an access file as it is in the editor, once for each of its versions. */
export function readDocument(document: TextDocument): Promise<DocumentReading> {
  const { version } = document;
  const known = readings.get(document);
  if (known?.version === version) return known.reading;
  const text = document.getText();
  const reading = inSlices(parseAccessFile(text)).then((read) => ({ version, text, reading: read }));
  readings.set(document, { version, reading });
  return reading;
}
