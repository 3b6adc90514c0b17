import type { Format } from '../../access/evidence/export/table';
import { metadata, sentences } from '../../text/lists';
import { number, plural } from '../../text/numbers';
import { escapeForMessage } from '../../text/plainText';

export const exportTexts = {
  title: 'Export Access',
  question: 'Select what to export',
  permissions: 'Permissions',
  permissionsDetail:
    'One row for each permission: when and by whom it was granted, and when it was last used',
  matrix: 'Access Matrix',
  matrixDetail: 'Which project can use which checkpoint: projects down, checkpoints across',
  history: 'History',
  historyDetail: 'Who changed access, from the audit log and from this computer',
  checkpoint: 'One Checkpoint…',
  checkpointDetail: 'Its permissions with their IDs and dates',
  checkpointQuestion: 'Select the checkpoint to export',
  formatQuestion: 'Select the format',
  save: 'Export',
  exporting: 'Exporting access',
  open: 'Open File',
  openAbout: 'Open About File',
  replaceAbout: 'Replace File',
  loading: 'Loading for the export',
  loadingHistory: 'Loading the audit log',
} as const;

/** Purpose of each format. */
export const formatInWords: Readonly<Record<Format, { readonly label: string; readonly detail: string }>> = {
  csv: {
    label: 'CSV',
    detail: 'Separated by commas, for most tools · cells that look like formulas are made harmless',
  },
  csvSemicolons: {
    label: 'CSV with Semicolons',
    detail: 'For Excel in most of Europe · cells that look like formulas are made harmless',
  },
  json: { label: 'JSON', detail: 'For programs · full texts, with IDs and dates as data' },
  markdown: { label: 'Markdown', detail: 'For reading' },
};

/** Size of the matrix. `missing`: number of checkpoints that are not completely loaded. */
export function matrixSizeInWords(checkpoints: number, missing: number): string {
  return metadata(
    plural(checkpoints, '1 checkpoint', (several) => `${several} checkpoints`),
    missing === 0
      ? ''
      : plural(missing, '1 to load or refresh', (several) => `${several} to load or refresh`),
  );
}

/** The size of a file, such as `63 MB`. */
function megabytes(bytes: number): string {
  return `${number(Math.max(1, Math.round(bytes / 1_000_000)))} MB`;
}

/** Progress of writing a file. */
export function writtenInWords(bytes: number): string {
  return `${megabytes(bytes)} written`;
}

/** A large file that was written and not opened. */
export function savedInWords(path: string, bytes: number): string {
  return escapeForMessage(
    `The export was saved to ${path}. It wasn't opened because it is large (${megabytes(bytes)}).`,
    600,
  );
}

/** The file beside an export, which has what a table has no room for. `name`: the name of the file. */
export function aboutSavedInWords(name: string): string {
  return escapeForMessage(`${name} next to it says when the data was loaded and what is missing.`, 300);
}

/** A question before the file beside an export replaces a file that no export has written. */
export function replaceAboutQuestion(name: string): string {
  return escapeForMessage(`${name} already exists. Replace it?`, 300);
}

/** Its detail. */
export const replaceAboutDetail =
  'The export needs this name for a second file, which says when the data was loaded and what is missing. If you cancel, nothing is exported, and you can export again with another name.';

/** The file beside an export could not be written. `why`: message of the system. */
export function aboutNotWrittenInWords(path: string, name: string, why: string): string {
  return escapeForMessage(
    sentences(
      `The export was saved to ${path}, but ${name} couldn't be written next to it.`,
      'To keep when the data was loaded and what is missing, export again to another location.',
      `(${why})`,
    ),
    600,
  );
}

/** A file that was written, but could not be opened. `why`: message of the system. */
export function notOpenedInWords(path: string, why: string): string {
  return escapeForMessage(
    sentences(`The export was saved to ${path}, but it couldn't be opened.`, `(${why})`),
    600,
  );
}

/** A file that could not be written. `why`: message of the system. */
export function notWrittenInWords(path: string, why: string): string {
  return escapeForMessage(
    sentences(
      `The export couldn't be written to ${path}.`,
      'Select another location and export again.',
      `(${why})`,
    ),
    600,
  );
}
