import { appendFile } from 'node:fs/promises';
import { withoutKeys } from '../../text/redact';
import { cutForSummary } from '../../words/cli';
import type { Report, ReportedMessage, Severity } from '../report';
import { markdownLines } from './markdown';
import { asText, oneLine } from './text';

const levels: Readonly<Record<Severity, string>> = {
  error: 'error',
  warning: 'warning',
  information: 'notice',
};

/** The longest text of a step summary, in UTF-16 units. GitHub accepts 1 MiB of UTF-8. */
const longestSummary = 250_000;

/** A report for the log of GitHub Actions: as text, and an annotation for each message. */
export function forGitHub(report: Report): string {
  const annotations = report.messages.map((message) => annotation(report, message));
  return [asText({ ...report, messages: [] }, false), ...annotations.map((each) => `${each}\n`)].join('');
}

/** Writes the report to the summary of the step. Rejects with the error of the file system. */
export async function writeStepSummary(report: Report, path: string): Promise<void> {
  const lines = markdownLines(report);
  const kept: string[] = [];
  let room = longestSummary;
  for (const line of lines) {
    room -= line.length + 1;
    if (room < 0) break;
    kept.push(line);
  }
  if (kept.length < lines.length) kept.push('', cutForSummary(lines.length - kept.length));
  await appendFile(path, `${kept.join('\n')}\n`);
}

function annotation({ file }: Report, { severity, line, column, text, kind }: ReportedMessage): string {
  const properties = [
    `file=${property(file)}`,
    ...(line === undefined ? [] : [`line=${line}`, `col=${column ?? 1}`]),
    `title=${property(kind)}`,
  ];
  return `::${levels[severity]} ${properties.join(',')}::${data(text)}`;
}

/** The text of a command. Its percent signs are escapes for GitHub. */
function data(text: string): string {
  return withoutKeys(oneLine(text)).replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
}

function property(text: string): string {
  return data(text).replace(/:/g, '%3A').replace(/,/g, '%2C');
}
