import { isoMoment } from '../../text/dates';
import { cliName } from '../../words/cliHelp';
import type { Report, ReportedChange, ReportedMessage } from '../report';
import { safeJSON } from './escape';

/** The version of the shape. Fields are added without a new one, and never removed or changed. */
const shape = 1;

/** A report for machines (docs/access-as-code.md#the-json-format). */
export function asJSON(report: Report): string {
  const { verb, result, code, file, organization, day, loadedAt, summary } = report;
  const { differences, written } = report;
  return `${safeJSON({
    format: cliName,
    version: shape,
    command: verb,
    result,
    exitCode: code,
    file,
    ...(organization && { organization }),
    ...(day !== undefined && { day }),
    ...(loadedAt !== undefined && { loadedAt: isoMoment(loadedAt) }),
    changes: report.changes.map(changeInJSON),
    messages: report.messages.map(messageInJSON),
    ...(differences && { differences }),
    ...(written !== undefined && { written }),
    summary: summary.filter(Boolean).join(' '),
  })}\n`;
}

function changeInJSON({ step, projectName, why, reason, until, line, text, outcome }: ReportedChange) {
  const { action, checkpoint, project } = step;
  return {
    action,
    checkpoint,
    project,
    ...(projectName !== undefined && { projectName }),
    ...(step.action === 'revoke' && { permissionId: step.permissionId }),
    ...(why && { why }),
    ...(reason !== undefined && { reason }),
    ...(until !== undefined && { until }),
    ...(line !== undefined && { line }),
    message: text,
    ...(outcome && {
      outcome: {
        result: outcome.result,
        ...(outcome.by !== undefined && { by: outcome.by }),
        ...(outcome.permissionId !== undefined && { permissionId: outcome.permissionId }),
        message: outcome.text,
      },
    }),
  };
}

function messageInJSON({ severity, kind, text, line, column, ...about }: ReportedMessage) {
  const { checkpoint, project, permissions } = about;
  return {
    severity,
    kind,
    message: text,
    ...(line !== undefined && { line }),
    ...(column !== undefined && { column }),
    ...(checkpoint !== undefined && { checkpoint }),
    ...(project !== undefined && { project }),
    ...(permissions && { permissionIds: permissions }),
  };
}
