import { parseCheckpointId, shortName, whyRefused } from '../../access/ids/checkpointId';
import type { ScannedId } from '../../access/ids/scannedIds';
import type { Organization } from '../../access/organization';
import type { ActiveOrganization } from '../../organizations/current';
import { ago } from '../../text/dates';
import { explain, explanationInWords } from '../../words/errors';
import { asCode, asMarkdown } from '../markdown/escape';
import { knownEnd } from '../shared/retirementWords';
import { type KnownAccess, knownAccess } from '../summary/access';
import { whereFound } from '../summary/findings';
import { link } from './links';

/** How many projects are named; the rest is a number. */
const mostNamed = 5;

/**
 * What a hover over an id says, as Markdown with icons and command links: what is known, as honest as the tree, and what
 * can be done. Asks nobody. `now` in milliseconds since 1970.
 */
export function hoverText({ id, kind }: ScannedId, current: ActiveOrganization, now: number): string {
  const checkpoint = kind === 'checkpoint' ? parseCheckpointId(id) : undefined;
  if (!checkpoint) {
    const title = kind === 'azure' ? 'Fine-tuned model on Azure' : 'Legacy fine-tuned model';
    return `**${title}**\n\n$(info) ${asCode(id)} ${asMarkdown(whyRefused(id) ?? '')}`;
  }
  const organization = current.kind === 'organization' ? current.organization : undefined;
  const { baseModel, step } = checkpoint;
  const what = step === undefined ? 'fine-tuned model' : 'checkpoint of a fine-tuned model';
  const parts = `Fine-tuned from ${asCode(baseModel)} · organization ${asCode(checkpoint.organization)}`;
  const end = knownEnd(baseModel, organization?.catalog.entry(id)?.shutdownDate, now);
  const ends = end
    ? `$(${end.hasEnded ? 'circle-slash' : 'calendar'}) ${sentence(end.when)} (${asMarkdown(end.source)})${end.hasEnded ? ': requests to it fail, whoever has access' : ''}`
    : '$(calendar) No end is known for this base model';
  const head = `**${asMarkdown(shortName(checkpoint))}** · ${what}  \n${parts}`;
  const rest =
    current.kind === 'organization'
      ? shown(current.organization, id, ends, now)
      : notShown(current, id, ends);
  return [head, ...rest].join('\n\n');
}

function shown(organization: Organization, id: string, ends: string, now: number): string[] {
  const known = knownAccess(organization, id, now);
  const entry = organization.catalog.entry(id);
  const argument = { checkpoint: id, organization: organization.id };
  const name = asMarkdown(organization.name, 60);
  const found = (entry?.findings ?? []).map((each) => `${whereFound(each)} ${ago(each.at, now)}`);
  const place = [
    entry ? `In the list of ${name}` : `Not in the list of ${name}`,
    ...found.map((each) => asMarkdown(each)),
  ];
  const sample = organization.isSample ? ' (sample organization: invented data)' : '';
  const links = [
    ...(entry
      ? [link('showInSidebar', 'Show in Sidebar', 'Select it in the view Checkpoints', argument)]
      : [
          link(
            'addCheckpoint',
            'Add to List',
            'Add it to the view Checkpoints; asks the server nothing',
            argument,
          ),
        ]),
    link('grant', 'Grant…', 'Choose projects to grant access to; reads first who has access', argument),
    link(
      'readAccess',
      known.age ? 'Read Again' : 'Read Who Has Access',
      'Ask the server who has access now',
      argument,
    ),
    link('showDetails', 'Show Details', 'All that is known, with its source and age', argument),
    link('copyCheckpointId', 'Copy ID', 'Copy the id of the checkpoint', argument),
  ];
  return [access(known), ends, `$(list-unordered) ${place.join(' · ')}${sample}`, '---', links.join(' · ')];
}

const icons: Readonly<Record<KnownAccess['standing'], string>> = {
  unread: 'question',
  failed: 'error',
  doubtful: 'warning',
  sure: 'project',
};

function access(known: KnownAccess): string {
  const age = known.age ? `, ${known.age}` : '';
  const names = known.projects.slice(0, mostNamed).map((name) => asMarkdown(name, 60));
  const rest = known.projects.length - names.length;
  const others =
    rest > 0
      ? ` and ${rest}${known.more ? '+' : ''} more`
      : known.more && names.length > 0
        ? ' and more'
        : '';
  const lines = [
    `$(${icons[known.standing]}) **${asMarkdown(known.summary)}**${age}`,
    ...(names.length > 0 ? [`${names.join(', ')}${others}`] : []),
    ...known.notes.map((note) => asMarkdown(note)),
  ];
  return lines.join('  \n');
}

/** No organization is shown: the id is explained all the same. */
function notShown(
  current: Exclude<ActiveOrganization, { kind: 'organization' }>,
  id: string,
  ends: string,
): string[] {
  const why =
    current.kind === 'elsewhere'
      ? `The saved admin API key belongs to ${asMarkdown(current.savedFor)} and is not sent to ${asMarkdown(current.now)}, so nothing is known of its access.`
      : current.kind === 'problem'
        ? `Nothing is known of its access: ${asMarkdown(explanationInWords(explain(current.error)))}`
        : `Nothing is known of its access: no admin API key is set for ${asMarkdown(current.profile.name, 60)}.`;
  const links = [
    link('setAdminKey', 'Set Admin Key…', 'Enter an admin API key of the organization'),
    link('exploreSample', 'Explore a Sample Organization', 'Needs no key and sends nothing'),
    link('copyCheckpointId', 'Copy ID', 'Copy the id of the checkpoint', { checkpoint: id }),
  ];
  return [`$(key) ${why}`, ends, '---', links.join(' · ')];
}

function sentence(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
