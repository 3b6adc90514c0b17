import { stepsByCheckpoint } from '../../access/plan/plan';
import { labels, reportTitle } from '../../words/cli';
import {
  type Report,
  type ReportedChange,
  type ReportedMessage,
  type Severity,
  shownChanges,
} from '../report';
import { safeForConsole } from './escape';

const sequence = '\u001b[';

/** Colors of a terminal. */
type Paint = (color: 'red' | 'green' | 'yellow' | 'bold' | 'dim', text: string) => string;

const codes = { red: 31, green: 32, yellow: 33, bold: 1, dim: 2 } as const;

const colorOf: Readonly<Record<Severity, 'red' | 'yellow' | 'dim'>> = {
  error: 'red',
  warning: 'yellow',
  information: 'dim',
};

/** A report for people. Its texts are made safe before it is colored. */
export function asText(report: Report, isColored: boolean): string {
  const paint: Paint = (color, text) =>
    isColored ? `${sequence}${codes[color]}m${text}${sequence}0m` : text;
  const lines: string[] = [];
  const add = (text: string): void => {
    lines.push(text);
  };
  add(paint('bold', oneLine(reportTitle(report.verb, report.file, organizationIn(report)))));
  for (const [checkpoint, changes] of changesByCheckpoint(report)) {
    add('');
    add(paint('bold', oneLine(checkpoint)));
    for (const change of changes) add(changeLine(change, paint));
  }
  if (report.messages.length > 0) add('');
  for (const message of report.messages) add(messageLine(report, message, paint));
  const summary = report.summary.filter(Boolean);
  if (summary.length > 0) {
    add('');
    for (const sentence of summary) add(oneLine(sentence));
  }
  return `${lines.join('\n')}\n`;
}

/** One line, safe for any console. */
export function oneLine(text: string): string {
  return safeForConsole(text.replace(/\s+/g, ' '));
}

function changesByCheckpoint(report: Report): Map<string, ReportedChange[]> {
  const changes = shownChanges(report);
  const byStep = new Map(changes.map((change) => [change.step, change]));
  return new Map(
    [...stepsByCheckpoint(changes.map(({ step }) => step))].map(([checkpoint, steps]) => [
      checkpoint,
      steps.flatMap((step) => byStep.get(step) ?? []),
    ]),
  );
}

export function organizationIn({ organization }: Report): string | undefined {
  return organization?.live ?? organization?.file;
}

function changeLine({ step, text, outcome }: ReportedChange, paint: Paint): string {
  const isGrant = step.action === 'grant';
  const sign = paint(isGrant ? 'green' : 'red', isGrant ? '+' : '-');
  const end = outcome
    ? paint(outcome.result === 'done' ? 'green' : 'yellow', `: ${oneLine(outcome.text)}`)
    : '';
  return `  ${sign} ${oneLine(text)}${end}`;
}

/** As compilers do, so that editors find the place. */
function messageLine({ file }: Report, message: ReportedMessage, paint: Paint): string {
  const { severity, line, column, text } = message;
  const place = line === undefined ? '' : `${oneLine(file)}:${line}:${column ?? 1}: `;
  return `${place}${paint(colorOf[severity], `${labels[severity]}:`)} ${oneLine(text)}`;
}
