import { missingScopesIn, owningProjectIn } from '../../openai';
import { parseCheckpointId, whyNotProject } from '../ids/checkpointId';
import { scannedIds } from '../ids/scannedIds';

/**
 * What an error about access says:
 * - `noAccess`: the project has no access to the model.
 * - `missingScopes`: the key lacks scopes.
 * - `owningProject`: access of the project that owns the model can't be changed.
 * - `notFound`: there is no such model, or whoever asked has no access to it.
 * - `other`: nothing that is known; only its IDs are.
 */
export type AccessErrorKind = 'noAccess' | 'missingScopes' | 'owningProject' | 'notFound' | 'other';

/** Where a person has an error. */
export type ErrorPlace = 'selection' | 'terminal' | 'clipboard';

/** What is found in an error that a person pasted. IDs are each once; those of its known sentence come first. */
export interface AccessError {
  readonly kind: AccessErrorKind;
  readonly projects: readonly string[];
  /** Checkpoints and fine-tuned models. */
  readonly checkpoints: readonly string[];
  /** The model of its known sentence, if that is no checkpoint: a base model, for example. */
  readonly otherModel?: string;
  /** Empty unless it names missing scopes. */
  readonly scopes: readonly string[];
}

/** How much of a text is looked at, in UTF-16 code units. An error with its stack is much shorter. */
const longestError = 100_000;

/** The most IDs of a kind that are found: people choose among them. */
const mostIds = 20;

// Every repetition is bounded, because a text may be anything. Quotation marks may be of Markdown, JSON, or a shell.
const noAccessPattern =
  /\bproject\s{1,10}[`'"“‘]{0,3}(proj_[\w-]{1,100})[`'"”’]{0,3}\s{1,10}does(?: not|n't)\s{1,10}have\s{1,10}access\s{1,10}to\s{1,10}(?:the\s{1,10})?model\s{1,10}[`'"“‘]{0,3}([\w.:/-]{1,400})/i;
const notFoundPattern =
  /\bmodel\s{1,10}[`'"“‘]{0,3}([\w.:/-]{1,400})[`'"”’]{0,3}\s{1,10}(?:does\s{1,10}not\s{1,10}exist|doesn't\s{1,10}exist|(?:was\s{1,10})?not\s{1,10}found)/i;
const projectPattern = /(?<![\w-])proj_[\w-]{1,100}/g;

/**
 * Finds the project and the model in an error message of the API, in a log, or in code around one. Undefined if the
 * text is no such error and has no ID. Nothing else of the text is returned. Time is linear in its length.
 */
export function readAccessError(text: string, longest = longestError): AccessError | undefined {
  const plain = withoutEscapes(text.slice(0, longest));
  const noAccess = noAccessPattern.exec(plain);
  const notFound = noAccess ? null : notFoundPattern.exec(plain);
  const scopes = missingScopesIn(plain);
  const owner = owningProjectIn(plain);
  const named = withoutStop(noAccess?.[2] ?? notFound?.[1] ?? '');
  const checkpoint = checkpointIn(named);
  const projects = distinct([
    ...[noAccess?.[1], owner].flatMap((id) => (id && whyNotProject(id) === undefined ? [id] : [])),
    ...matchesOf(projectPattern, plain),
  ]);
  const found = scannedIds(plain).filter(({ kind }) => kind === 'checkpoint');
  const checkpoints = distinct([...(checkpoint ? [checkpoint] : []), ...found.map(({ id }) => id)]);
  const kind = noAccess
    ? 'noAccess'
    : scopes.length > 0
      ? 'missingScopes'
      : owner !== undefined
        ? 'owningProject'
        : notFound || /\bmodel_not_found\b/.test(plain)
          ? 'notFound'
          : 'other';
  if (kind === 'other' && projects.length === 0 && checkpoints.length === 0) return undefined;
  return {
    kind,
    projects,
    checkpoints,
    ...(named !== '' && checkpoint === undefined && { otherModel: named }),
    scopes,
  };
}

/** The text as it was before it was written as JSON, or as a string of code. */
function withoutEscapes(text: string): string {
  if (!text.includes('\\')) return text;
  return text
    .replace(/\\u00([0-7][0-9a-f])/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    .replace(/\\[nrt]/g, ' ')
    .replaceAll('\\', '');
}

/** A name without the full stop, colon or comma of its sentence. */
function withoutStop(name: string): string {
  let end = name.length;
  while (end > 0 && '.:/'.includes(name.charAt(end - 1))) end -= 1;
  return name.slice(0, end);
}

/** The checkpoint that a model is, also behind the name of a provider, as in `openai/ft:…`. */
function checkpointIn(name: string): string | undefined {
  const start = name.search(/(?<![\w.-])ft:/);
  return start < 0 ? undefined : parseCheckpointId(name.slice(start))?.id;
}

function matchesOf(pattern: RegExp, text: string): string[] {
  const found = new Set<string>();
  for (const [id] of text.matchAll(pattern)) {
    found.add(id);
    if (found.size === mostIds) break;
  }
  return [...found];
}

function distinct(ids: readonly string[]): string[] {
  return [...new Set(ids)].slice(0, mostIds);
}
