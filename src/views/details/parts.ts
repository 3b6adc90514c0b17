import type { Standing } from '../../access/loading/standing';
import type { Organization } from '../../access/organization';
import { APIError } from '../../openai';
import { metadata } from '../../text/lists';
import * as words from '../../words/details';
import { explain, explainProjects } from '../../words/errors';
import { projectListInWords } from '../../words/projects';
import { doubtsOrStateInWords } from '../../words/standing';
import { asCode, asMarkdown, table } from '../markdown/escape';
import { projectInWords } from '../shared/projectInWords';
import { type CurlRequest, curl } from './curl';

const { properties } = words;

/** A time, exactly and in words. Both parameters in milliseconds since 1970. */
export function momentMarkdown(moment: number, now: number): string {
  return asMarkdown(words.moment(moment, now));
}

/** A project by its name, if known, its ID, and a note. */
export function projectMarkdown(organization: Organization, projectId: string): string {
  const { label, id, note } = projectInWords(organization, projectId);
  const text = id ? `${asMarkdown(label)} ${asCode(projectId, 100)}` : asCode(projectId, 100);
  return note ? `${text} (${asMarkdown(note)})` : text;
}

/** The first lines of a page: its heading, its subject, and the time it was made. */
export function heading(
  name: string,
  kind: string,
  organization: Pick<Organization, 'name' | 'isSample'> | undefined,
  now: number,
): string[] {
  return [
    `# ${asMarkdown(name, 200)}`,
    asMarkdown(words.subjectLine(kind, organization)),
    asMarkdown(words.asOf(now)),
  ];
}

/** A row of the table of facts: name, value, and source. Value and source are Markdown. */
export type DetailsFact = readonly [name: string, value: string, source: string];

export function factTable(all: readonly (DetailsFact | undefined)[]): string {
  return table(
    words.columns.facts,
    all.filter((fact) => fact !== undefined),
  );
}

/** The doubts about a checkpoint's permission list; empty without doubts. */
export function doubtsOfList(standing: Standing, now: number): string {
  const doubts = doubtsOrStateInWords(standing, now);
  return doubts.length === 0 ? '' : `> ${asMarkdown(metadata(words.permissionList, ...doubts))}`;
}

/** The standing of the project list, and why it is incomplete or old. */
export function projectNames({ projectsStanding }: Organization, now: number): string {
  const { failure } = projectsStanding;
  const reason = failure === undefined ? undefined : explainProjects(failure).what;
  return asMarkdown(metadata(projectListInWords(projectsStanding, now), reason), 1000);
}

/** The failure to load a permission list; empty if there is none. */
export function failureOfList(standing: Standing): string[] {
  return standing.failure ? failureParts(words.failureHeading(standing), standing.failure.error) : [];
}

/** A failure with everything that is known of it: its words, what to do next, and what support asks for. */
export function failureParts(title: string, error: unknown): string[] {
  const { what, next, detail } = explain(error);
  const rows: [string, string][] = [];
  if (detail) rows.push([properties.message, asMarkdown(detail, 1000)]);
  if (error instanceof APIError) {
    if (error.status !== undefined) rows.push([properties.status, String(error.status)]);
    for (const [name, value] of [
      [properties.type, error.type],
      [properties.code, error.code],
      [properties.parameter, error.param],
      [properties.requestId, error.requestID],
    ] as const) {
      if (value) rows.push([name, asCode(value, 200)]);
    }
  }
  return [`## ${title}`, `**${asMarkdown(what)}.** ${asMarkdown(next)}`, table(words.columns.failure, rows)];
}

/** Requests as `curl` commands, each after a line that describes it. */
export function curlParts(
  { baseURL, isSample }: Pick<Organization, 'baseURL' | 'isSample'>,
  requests: readonly (readonly [does: string, request: CurlRequest])[],
): string[] {
  const written = requests.flatMap(([does, request]) => {
    const command = curl(baseURL, request);
    return command === undefined ? [words.noRequest(does)] : [`${does}:`, `\`\`\`sh\n${command}\n\`\`\``];
  });
  return [`## ${words.headings.curl}`, isSample ? words.notes.sampleCurl : words.notes.curl, ...written];
}

/** Joins the parts that aren't empty as paragraphs. */
export function documentOf(parts: readonly (string | undefined)[]): string {
  return `${parts.filter((part) => part).join('\n\n')}\n`;
}
