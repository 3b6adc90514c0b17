import { MarkdownString } from 'vscode';
import { ago, exactly } from '../../text/dates';
import { metadata } from '../../text/lists';
import { plainText } from '../../text/plainText';
import { findingInWords, whereFound } from '../../words/findings';
import { knownCount } from './items';
import type { AnyNode, CheckpointNode, PermissionNode } from './nodes';
import { projectFacts } from './projectInWords';
import { endOf, sourceOf } from './retirementWords';

/** The tooltip of a node, made when it is hovered. Whatever came from a server is appended as text, never as Markdown. */
export function tooltipFor(node: AnyNode, now: number): MarkdownString | undefined {
  switch (node.kind) {
    case 'checkpoint':
      return checkpointTooltip(node, now);
    case 'model':
      return paragraphs([node.id, 'Fine-tuned model']);
    case 'project':
      return paragraphs(projectFacts(node.organization, node.project, now));
    case 'permission':
      return permissionTooltip(node, now);
    case 'failure':
      return paragraphs([`${node.what}.`, node.detail, node.next, 'Click to show the log.']);
    default:
      return undefined;
  }
}

function checkpointTooltip(node: CheckpointNode, now: number): MarkdownString {
  const { checkpoint, organization } = node;
  const { listing, failure, beforeChange, outdated } = organization.permissions.snapshot(checkpoint.id);
  const end = endOf(node, now);
  return paragraphs([
    checkpoint.id,
    `Base model: ${checkpoint.baseModel}`,
    checkpoint.suffix ? `Suffix: ${checkpoint.suffix}` : undefined,
    checkpoint.step === undefined ? 'Final model' : `Step: ${checkpoint.step}`,
    end && `Its model ${end.words}, ${sourceOf(end.retirement)}`,
    listing
      ? `${knownCount(node)}, read ${exactly(listing.readAt)} (${ago(listing.readAt, now)})`
      : failure
        ? 'Permissions could not be read'
        : 'Permissions not read yet',
    listing && beforeChange ? 'That is from before your last change' : undefined,
    listing && outdated ? 'That is from before your refresh' : undefined,
    listing && failure?.during === 'read' ? 'They could not be read again' : undefined,
    ...findings(node),
    organization.isSample
      ? 'Sample organization: nothing here is real'
      : `Organization at ${organization.name}`,
  ]);
}

/** Where the checkpoint was found, a line for each place, and what a job told of it. */
function findings({ organization, checkpoint }: CheckpointNode): string[] {
  const entry = organization.catalog.entry(checkpoint.id);
  if (!entry) return [];
  const metrics = Object.entries(entry.metrics ?? {}).map(([name, value]) => `${name} ${value}`);
  return [
    ...entry.findings.map((finding) =>
      metadata(whereFound(finding), findingInWords(finding), exactly(finding.at)),
    ),
    ...(entry.createdAt === undefined ? [] : [`Made: ${exactly(entry.createdAt * 1000)}`]),
    ...(metrics.length > 0 ? [`Metrics: ${metrics.join(', ')}`] : []),
  ];
}

function permissionTooltip({ permission, parent }: PermissionNode, now: number): MarkdownString {
  const granted = permission.created_at * 1000;
  const { listing } = parent.organization.permissions.snapshot(parent.checkpoint.id);
  return paragraphs([
    ...projectFacts(parent.organization, permission.project_id, now),
    `Permission: ${permission.id}`,
    `Granted: ${exactly(granted)} (${ago(granted, now)})`,
    `Checkpoint: ${parent.checkpoint.id}`,
    listing ? `Read: ${exactly(listing.readAt)}` : undefined,
    parent.organization.isSample ? 'Sample organization: nothing here is real' : undefined,
  ]);
}

/** What makes a link of a bare address, whatever was escaped before it; a zero-width space behind it keeps it text. */
const address = /:\/\/|\bwww\.|@/gi;

/** A tooltip of paragraphs, absent ones left out. Each is appended as text, never as Markdown. */
export function paragraphs(lines: readonly (string | undefined)[]): MarkdownString {
  const tooltip = new MarkdownString();
  for (const [index, line] of lines.filter((each) => each !== undefined).entries()) {
    if (index > 0) tooltip.appendMarkdown('\n\n');
    tooltip.appendText(plainText(line).replace(address, '$&\u200b'));
  }
  return tooltip;
}
