import { parseArgs } from 'node:util';
import { whyNotCheckpointInFile, whyNotOrganization } from '../access/accessFile/fileIds';
import { containsKey } from '../text/redact';
import { type CLIVerb, cliVerbs } from '../words/cliHelp';

export const outputFormats = ['text', 'json', 'markdown', 'github'] as const;
export type OutputFormat = (typeof outputFormats)[number];

/** A command line that can be run. */
export interface CommandLine {
  readonly verb: CLIVerb;
  readonly file: string | undefined;
  readonly format: OutputFormat;
  readonly baseURL: string | undefined;
  readonly isVerbose: boolean;
  /** Of `apply`. */
  readonly savedPlan: string | undefined;
  readonly out: string | undefined;
  readonly allowRemovals: number | undefined;
  readonly checkpoints: readonly string[];
  readonly organization: string | undefined;
  /** The flags that are set. */
  readonly flags: ReadonlySet<Flag>;
}

type Flag = 'online' | 'check' | 'names' | 'strict' | 'yes' | 'force';

/** Why a command line can't be run. Texts are as they were typed. */
export type UsageProblem =
  | { readonly kind: 'key' }
  | { readonly kind: 'unknownCommand'; readonly text: string }
  | { readonly kind: 'unknownOption'; readonly text: string }
  | { readonly kind: 'notForCommand'; readonly text: string; readonly verb: CLIVerb }
  | { readonly kind: 'valueMissing'; readonly text: string }
  | { readonly kind: 'noValue'; readonly text: string }
  | { readonly kind: 'unexpected'; readonly text: string }
  | { readonly kind: 'notFormat'; readonly text: string }
  | { readonly kind: 'notNumber'; readonly text: string }
  | { readonly kind: 'notCheckpoint'; readonly text: string }
  | { readonly kind: 'notOrganization'; readonly text: string }
  | { readonly kind: 'yesMissing'; readonly verb: CLIVerb };

export type ParsedArguments =
  | { readonly kind: 'run'; readonly line: CommandLine }
  | { readonly kind: 'help'; readonly verb?: CLIVerb }
  | { readonly kind: 'version' }
  | { readonly kind: 'usage'; readonly problem: UsageProblem; readonly verb?: CLIVerb };

const texts = ['file', 'format', 'base-url', 'out', 'allow-removals', 'checkpoint', 'organization'] as const;
const flags = ['online', 'check', 'names', 'strict', 'yes', 'force'] as const;
const everywhere = ['file', 'format', 'base-url', 'verbose', 'help', 'version'];

/** The options of each command, besides those of all. */
const optionsOf: Readonly<Record<CLIVerb, readonly string[]>> = {
  init: ['checkpoint', 'organization', 'force'],
  validate: ['online'],
  fmt: ['check', 'names'],
  plan: ['out'],
  drift: ['strict'],
  apply: ['yes', 'allow-removals'],
  expire: ['yes'],
};

const known = [...texts, ...flags, 'verbose', 'help', 'version'];

/** Reads a command line. Nothing of it is guessed: an option that is unknown, or not of the command, is a problem. */
export function parseArguments(args: readonly string[]): ParsedArguments {
  // Before anything repeats it.
  if (args.some((argument) => containsKey(argument))) return { kind: 'usage', problem: { kind: 'key' } };
  const text = { type: 'string', multiple: true } as const;
  const flag = { type: 'boolean' } as const;
  const { values, positionals, tokens } = parseArgs({
    args: [...args],
    strict: false,
    allowPositionals: true,
    tokens: true,
    options: {
      ...Object.fromEntries(texts.map((name) => [name, text])),
      ...Object.fromEntries([...flags, 'verbose', 'version'].map((name) => [name, flag])),
      help: { type: 'boolean', short: 'h' },
    },
  });
  const [first, ...rest] = positionals;
  const named = cliVerbs.find((verb) => verb === first);
  const wrong = (problem: UsageProblem): ParsedArguments => ({
    kind: 'usage',
    problem,
    ...(named && { verb: named }),
  });
  for (const token of tokens) {
    if (token.kind !== 'option') continue;
    const { name, rawName, value, inlineValue } = token;
    if (!known.includes(name)) return wrong({ kind: 'unknownOption', text: rawName });
    const takesText = (texts as readonly string[]).includes(name);
    if (!takesText && value !== undefined) return wrong({ kind: 'noValue', text: rawName });
    // What looks like the next option was meant as that.
    const isMissing = !value || (!inlineValue && value.startsWith('-'));
    if (takesText && isMissing) return wrong({ kind: 'valueMissing', text: rawName });
  }
  if (values.help === true) return { kind: 'help', ...(named && { verb: named }) };
  if (values.version === true) return { kind: 'version' };
  if (first !== undefined && !named) return wrong({ kind: 'unknownCommand', text: first });
  const verb = named ?? 'plan';
  for (const token of tokens) {
    if (token.kind !== 'option') continue;
    if (![...everywhere, ...optionsOf[verb]].includes(token.name))
      return wrong({ kind: 'notForCommand', text: token.rawName, verb });
  }
  const [savedPlan, ...more] = rest;
  const unexpected = verb === 'apply' ? more[0] : savedPlan;
  if (unexpected !== undefined) return wrong({ kind: 'unexpected', text: unexpected });
  const last = (name: (typeof texts)[number]): string | undefined => all(values[name]).at(-1);
  const given = last('format') ?? 'text';
  const format = outputFormats.find((each) => each === given);
  if (!format) return wrong({ kind: 'notFormat', text: given });
  const number = last('allow-removals');
  if (number !== undefined && !/^\d{1,6}$/.test(number)) return wrong({ kind: 'notNumber', text: number });
  const notCheckpoint = all(values.checkpoint).find((id) => whyNotCheckpointInFile(id));
  if (notCheckpoint !== undefined) return wrong({ kind: 'notCheckpoint', text: notCheckpoint });
  const organization = last('organization');
  if (organization !== undefined && whyNotOrganization(organization))
    return wrong({ kind: 'notOrganization', text: organization });
  const set = new Set(flags.filter((name) => values[name] === true));
  if ((verb === 'apply' || verb === 'expire') && !set.has('yes')) return wrong({ kind: 'yesMissing', verb });
  return {
    kind: 'run',
    line: {
      verb,
      file: last('file'),
      format,
      baseURL: last('base-url'),
      isVerbose: values.verbose === true,
      savedPlan: verb === 'apply' ? savedPlan : undefined,
      out: last('out'),
      allowRemovals: number === undefined ? undefined : Number(number),
      checkpoints: all(values.checkpoint),
      organization,
      flags: set,
    },
  };
}

function all(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}
