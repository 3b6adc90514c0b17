import { hasShutDown } from '../../access/catalog/shutdown';
import { parseCheckpointId, shortName, whyRefused } from '../../access/ids/checkpointId';
import type { ScannedId } from '../../access/ids/scannedIds';
import type { Standing } from '../../access/loading/standing';
import { endOf, type Organization } from '../../access/organization';
import type { ActiveOrganization } from '../../organizations/currentOrganization';
import { metadata } from '../../text/lists';
import { accessNotes, firstWithAccess, reliabilityInWords } from '../../words/access';
import { whereFound } from '../../words/discovery';
import { explain, explanationInWords } from '../../words/errors';
import {
  accessUnknown,
  foundLine,
  hoverLabels,
  hoverLinks,
  inListInWords,
  kindOfCheckpoint,
  requestsFail,
  unmanagedTitles,
} from '../../words/hover';
import { notCheckpointInWords } from '../../words/ids';
import { sampleNote } from '../../words/sample';
import { shutdownLine, shutdownSource } from '../../words/shutdown';
import { asCode, asMarkdown } from '../markdown/escape';
import { type AccessSummary, summarizeAccess } from '../summary/access';
import { commandLink, type HoverArgument, type HoverCommand } from './links';

/** Most projects that are named; the others are counted. */
const maxNames = 5;

/**
 * The Markdown of a hover over an ID, with icons and command links: access as far as it is loaded, with the same doubts
 * as the tree, and actions. Sends no request. `now` in milliseconds since 1970.
 */
export function hoverText({ id, kind }: ScannedId, current: ActiveOrganization, now: number): string {
  const checkpoint = kind === 'checkpoint' ? parseCheckpointId(id) : undefined;
  if (!checkpoint) {
    const refused = whyRefused(id);
    const title = unmanagedTitles[kind === 'azure' ? 'azure' : 'legacy'];
    return `**${title}**\n\n$(info) ${asCode(id)} ${refused ? asMarkdown(notCheckpointInWords(refused)) : ''}`;
  }
  const { baseModel, step } = checkpoint;
  const name = `**${asMarkdown(shortName(checkpoint))}**`;
  const parts = metadata(
    `${hoverLabels.baseModel} ${asCode(baseModel)}`,
    `${hoverLabels.organization} ${asCode(checkpoint.organization)}`,
  );
  const head = `${metadata(name, kindOfCheckpoint(step))}  \n${parts}`;
  const paragraphs =
    current.kind === 'organization'
      ? organizationParts(current.organization, id, now)
      : noOrganizationParts(current, id, now);
  return [head, ...paragraphs].join('\n\n');
}

function shutdown(catalog: Parameters<typeof endOf>[0]['catalog'], id: string, now: number): string {
  const shutdown = endOf({ catalog }, id);
  if (!shutdown) return `$(calendar) ${shutdownLine(undefined, now)}`;
  const isOver = hasShutDown(shutdown, now);
  const line = metadata(
    shutdownLine(shutdown, now),
    shutdownSource(shutdown),
    isOver ? requestsFail : undefined,
  );
  return `$(${isOver ? 'circle-slash' : 'calendar'}) ${asMarkdown(line)}`;
}

function organizationParts(organization: Organization, id: string, now: number): string[] {
  const { catalog, isSample } = organization;
  const summary = summarizeAccess(organization, id, now);
  const entry = catalog.entry(id);
  const argument = { checkpoint: id, organization: organization.id };
  const place = metadata(
    asMarkdown(inListInWords(entry !== undefined, organization.name), 200),
    ...(entry?.findings ?? []).map((each) => asMarkdown(foundLine(whereFound(each), each.at, now))),
    isSample ? sampleNote : undefined,
  );
  const links = metadata(
    linkTo(entry ? 'showInSidebar' : 'addCheckpoint', argument),
    linkTo('grant', argument),
    linkTo('explainAccess', argument),
    summary.standing.state === 'loaded'
      ? commandLink('readAccess', ...hoverLinks.checkAgain, argument)
      : linkTo('readAccess', argument),
    linkTo('showDetails', argument),
    linkTo('copyCheckpointId', argument),
  );
  return [access(summary, now), shutdown(catalog, id, now), `$(list-unordered) ${place}`, '---', links];
}

function linkTo(command: HoverCommand, argument?: HoverArgument): string {
  const [label, title] = hoverLinks[command];
  return commandLink(command, label, title, argument);
}

function iconOf({ state, doubts }: Standing): string {
  if (state === 'notLoaded') return 'question';
  if (state === 'failed') return 'error';
  return doubts.length > 0 ? 'warning' : 'project';
}

function access({ standing, summary, owner, projects }: AccessSummary, now: number): string {
  const reliability = reliabilityInWords(standing, now).map((each) => asMarkdown(each));
  const names = firstWithAccess(
    projects.slice(0, maxNames).map((name) => asMarkdown(name, 60)),
    projects.length,
    !standing.isComplete,
  );
  const lines = [
    metadata(`$(${iconOf(standing)}) **${asMarkdown(summary)}**`, ...reliability, asMarkdown(owner, 150)),
    names,
    asMarkdown(accessNotes(standing).join(' '), 1000),
  ];
  return lines.filter(Boolean).join('  \n');
}

/** The parts of a hover that explain an ID when no organization is shown. */
function noOrganizationParts(
  current: Exclude<ActiveOrganization, { kind: 'organization' }>,
  id: string,
  now: number,
): string[] {
  const links = metadata(
    linkTo('setAdminKey'),
    linkTo('exploreSample'),
    linkTo('copyCheckpointId', { checkpoint: id }),
  );
  const why = `$(key) ${asMarkdown(whyUnknown(current))}`;
  return [why, shutdown({ entry: () => undefined }, id, now), '---', links];
}

function whyUnknown(current: Exclude<ActiveOrganization, { kind: 'organization' }>): string {
  switch (current.kind) {
    case 'none':
      return accessUnknown.none(current.profile.name);
    case 'keyGone':
      return accessUnknown.keyGone(current.profile.name);
    case 'elsewhere':
      return accessUnknown.elsewhere(current.savedFor, current.now);
    case 'problem':
      return accessUnknown.problem(explanationInWords(explain(current.error)));
  }
}
