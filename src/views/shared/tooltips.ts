import { MarkdownString } from 'vscode';
import { standingOfAnswer } from '../../access/loading/standing';
import { plainText } from '../../text/plainText';
import { checkpointFacts, modelFacts, permissionFacts } from '../../words/checkpoints';
import { failureFacts } from '../../words/rows';
import type { AnyNode, CheckpointNode, PermissionNode } from './nodes';
import { projectFacts } from './projectInWords';

/** Makes the tooltip of a node when it is hovered. Text from a server is appended as text, never as Markdown. */
export function tooltipFor(node: AnyNode, now: number): MarkdownString | undefined {
  switch (node.kind) {
    case 'checkpoint':
      return checkpointTooltip(node, now);
    case 'model':
      return paragraphs(modelFacts(node.id));
    case 'project':
      return paragraphs(projectFacts(node.organization, node.project, now));
    case 'permission':
      return permissionTooltip(node, now);
    case 'failure':
      return paragraphs(failureFacts(node.what, node.detail, node.next));
    default:
      return undefined;
  }
}

function checkpointTooltip({ checkpoint, organization }: CheckpointNode, now: number): MarkdownString {
  const entry = organization.catalog.entry(checkpoint.id);
  const facts = {
    standing: organization.standingOf(checkpoint.id),
    shutdown: organization.endOf(checkpoint.id),
    findings: entry?.findings ?? [],
    createdAt: entry?.createdAt,
    metrics: entry?.metrics,
  };
  return paragraphs(checkpointFacts(checkpoint, facts, organization, now));
}

function permissionTooltip({ permission, parent, answeredAt }: PermissionNode, now: number): MarkdownString {
  const { organization, checkpoint } = parent;
  const { id, created_at } = permission;
  const standing =
    answeredAt === undefined ? organization.standingOf(checkpoint.id) : standingOfAnswer(1, answeredAt, now);
  return paragraphs([
    ...projectFacts(organization, permission.project_id, now),
    ...permissionFacts(
      { id, grantedAt: created_at * 1000, checkpoint: checkpoint.id },
      standing,
      organization.isSample,
      now,
    ),
  ]);
}

/**
 * The parts of a bare address that make renderers link it, even escaped. A zero-width space after them prevents that.
 */
const address = /:\/\/|\bwww\.|@/gi;

/** Makes a tooltip of paragraphs. Each is appended as text, never as Markdown. */
export function paragraphs(lines: readonly string[]): MarkdownString {
  const tooltip = new MarkdownString();
  for (const [index, line] of lines.entries()) {
    if (index > 0) tooltip.appendMarkdown('\n\n');
    tooltip.appendText(plainText(line).replace(address, '$&\u200b'));
  }
  return tooltip;
}
