import { explain } from '../../access/explain';
import type { Organization } from '../../access/organization';
import { ago, exactly } from '../../editor/time';
import { APIError } from '../../openai';
import { asCode, asMarkdown, table } from '../markdown/escape';
import { projectInWords } from '../shared/projectInWords';
import { curl, type Request } from './curl';

/** A moment exactly and in words, both in milliseconds since 1970. */
export function when(moment: number, now: number): string {
  return `${asMarkdown(exactly(moment))} (${ago(moment, now)})`;
}

const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium' });

/** The day alone, for a cell of a table; it does not break within the day. */
export function onDay(moment: number, now: number): string {
  if (!(Math.abs(moment) <= 8.64e15)) return 'an unknown day';
  return `${day.format(moment).replaceAll(' ', '\u00a0')} (${ago(moment, now)})`;
}

/** A project by its name, where that is known, and its id; what else is to be known of it after that. */
export function project(organization: Organization, projectId: string): string {
  const { label, id, note } = projectInWords(organization, projectId);
  const known = id ? `${asMarkdown(label)} ${asCode(projectId, 100)}` : asCode(projectId, 100);
  return note ? `${known} (${asMarkdown(note)})` : known;
}

/** The first lines of every document: its heading, what it is about, how old it is, and whether any of it is real. */
export function heading(
  name: string,
  what: string,
  organization: Pick<Organization, 'name' | 'isSample'> | undefined,
  now: number,
): string[] {
  const of = organization
    ? organization.isSample
      ? ' in the sample organization, where nothing is real'
      : ` in ${asMarkdown(organization.name, 100)}`
    : '';
  return [
    `# ${asMarkdown(name, 200)}`,
    `${what}${of}. As known at ${asMarkdown(exactly(now))}; nothing was asked of the server for this page.`,
  ];
}

/** A fact, its value as Markdown, and where it is known from. */
export type Fact = readonly [name: string, value: string, source: string];

export function facts(all: readonly (Fact | undefined)[]): string {
  return table(
    ['Fact', 'Value', 'Known from'],
    all.filter((fact) => fact !== undefined),
  );
}

/** A failure with everything that is known of it: its words, what to do next, and what support asks for. */
export function failureParts(title: string, error: unknown): string[] {
  const { what, next, detail } = explain(error);
  const rows: [string, string][] = [];
  if (detail) rows.push(['In its own words', asMarkdown(detail, 1000)]);
  if (error instanceof APIError) {
    if (error.status !== undefined) rows.push(['Status', String(error.status)]);
    for (const [name, value] of [
      ['Type', error.type],
      ['Code', error.code],
      ['Parameter', error.param],
      ['Request id', error.requestID],
    ] as const) {
      if (value) rows.push([name, asCode(value, 200)]);
    }
  }
  return [`## ${title}`, `**${asMarkdown(what)}.** ${asMarkdown(next)}`, table(['Failure', ''], rows)];
}

/** Requests as `curl`, each with a sentence before it that says what it does. */
export function curlParts(
  { baseURL, isSample }: Pick<Organization, 'baseURL' | 'isSample'>,
  requests: readonly (readonly [does: string, request: Request])[],
): string[] {
  const written = requests.flatMap(([does, request]) => {
    const command = curl(baseURL, request);
    return command === undefined
      ? [`${does}: its id cannot be written as a request.`]
      : [`${does}:`, `\`\`\`sh\n${command}\n\`\`\``];
  });
  const note = isSample
    ? 'The sample organization has no server, so these answer nothing.'
    : 'With an admin API key of the organization in the variable `OPENAI_ADMIN_KEY`.';
  return ['## The same with curl', note, ...written];
}

/** Everything that is not empty, as paragraphs. */
export function documentOf(parts: readonly (string | undefined)[]): string {
  return `${parts.filter((part) => part).join('\n\n')}\n`;
}
