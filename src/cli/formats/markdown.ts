import { escapeMarks } from '../../text/markdown';
import { labels, reportTitle } from '../../words/cli';
import { type Report, type ReportedChange, type ReportedMessage, shownChanges } from '../report';
import { oneLine, organizationIn } from './text';

/** A report in Markdown: its result, a table of changes, and a list of messages. Each line is whole by itself. */
export function asMarkdown(report: Report): string {
  return `${markdownLines(report).join('\n')}\n`;
}

export function markdownLines(report: Report): string[] {
  const { messages } = report;
  const changes = shownChanges(report);
  const lines = [`## ${escaped(reportTitle(report.verb, report.file, organizationIn(report)))}`, ''];
  for (const sentence of report.summary.filter(Boolean)) lines.push(escaped(sentence), '');
  if (changes.length > 0) lines.push(`### ${labels.changes}`, '', ...table(changes), '');
  if (messages.length > 0)
    lines.push(`### ${labels.messages}`, '', ...messages.map((message) => item(report, message)), '');
  return lines;
}

function table(changes: readonly ReportedChange[]): string[] {
  const isApplied = changes.some(({ outcome }) => outcome);
  const titles: string[] = [labels.action, labels.checkpoint, labels.project, labels.reason];
  if (isApplied) titles.push(labels.outcome);
  return [
    row(titles),
    row(titles.map(() => '---')),
    ...changes.map(({ step, projectName, reasonText, outcome }) => {
      const project = projectName === undefined ? step.project : `${projectName} (${step.project})`;
      const permission = step.action === 'revoke' ? ` ${step.permissionId}` : '';
      const cells = [`${labels[step.action]}${permission}`, step.checkpoint, project, reasonText];
      if (isApplied) cells.push(outcome?.text ?? '');
      return row(cells.map(escaped));
    }),
  ];
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

function item({ file }: Report, { severity, line, column, text }: ReportedMessage): string {
  const place = line === undefined ? '' : ` ${escaped(`${file}:${line}:${column ?? 1}`)}`;
  return `- **${labels[severity]}**${place}: ${escaped(text)}`;
}

/** A text that renders as itself. */
function escaped(text: string): string {
  return escapeMarks(oneLine(text));
}
