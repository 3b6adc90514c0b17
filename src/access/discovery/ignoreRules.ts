import ignore, { type Ignore } from 'ignore';

/** The ignore files of one folder. */
export interface IgnoreRules {
  /** The folder, relative to the root; `''` is the root. */
  readonly base: string;
  readonly test: Ignore;
}

/** The rules of ignore files that are applied. */
export interface ParsedRules {
  readonly patterns: readonly string[];
  /** The number of rules that are not applied, because matching them could take very long. */
  readonly skipped: number;
}

/** How many rules may still be added to those of the folders above. */
export interface RuleRoom {
  readonly all: number;
  /** Of these, rules with more than one wildcard. */
  readonly complex: number;
}

/** The largest ignore file that is read, in bytes. */
export const largestIgnoreFile = 100_000;

/** The most rules that apply to one file. */
export const mostRules: RuleRoom = { all: 1000, complex: 100 };

// The library turns a rule into a regular expression that tries the folders of a path in all combinations for each `**`.
// Within these limits, matching a path takes half a millisecond for the worst rule.
const mostWildcards = { folders: 2, all: 4 } as const;
const longestRule = 300;
const longestPath = { characters: 260, folders: 40 } as const;

/** The rules in the text of an ignore file, as far as there is room. */
export function parseRules(text: string, room: RuleRoom): ParsedRules {
  const rules = text.split(/\r?\n/).filter((line) => line.trim() !== '' && !line.startsWith('#'));
  const patterns: string[] = [];
  let complex = 0;
  for (const rule of rules) {
    const isOneMore = isComplex(rule);
    if (!isQuick(rule) || patterns.length >= room.all || (isOneMore && complex >= room.complex)) continue;
    if (isOneMore) complex += 1;
    patterns.push(rule);
  }
  return { patterns, skipped: rules.length - patterns.length };
}

/** The room that rules leave for those of the folders below. */
export function roomBeside(patterns: readonly string[], room: RuleRoom): RuleRoom {
  return {
    all: room.all - patterns.length,
    complex: room.complex - patterns.filter(isComplex).length,
  };
}

function wildcardsIn(rule: string): string[] {
  return rule.match(/\*+/g) ?? [];
}

function isComplex(rule: string): boolean {
  return wildcardsIn(rule).length > 1;
}

function isQuick(rule: string): boolean {
  if (rule.length > longestRule) return false;
  const wildcards = wildcardsIn(rule);
  const folders = wildcards.filter((each) => each.length > 1).length;
  return wildcards.length <= mostWildcards.all && folders <= mostWildcards.folders;
}

/** `ignoresCase`: whether a rule matches a name that differs in case. */
export function ignoreRules(base: string, patterns: readonly string[], ignoresCase = false): IgnoreRules {
  return { base, test: ignore({ ignorecase: ignoresCase }).add(patterns) };
}

/** Whether rules can be applied to a path: a long one could take long. */
export function isShortEnough(path: string): boolean {
  return path.length <= longestPath.characters && path.split('/').length <= longestPath.folders;
}

/**
 * Whether a path that is {@link isShortEnough} is ignored. The innermost ignore file with a matching rule decides, as in
 * Git.
 */
export function isIgnored(path: string, kind: 'file' | 'folder', rules: readonly IgnoreRules[]): boolean {
  for (const { base, test } of rules.toReversed()) {
    const own = base === '' ? path : path.slice(base.length + 1);
    const { ignored, unignored } = test.test(kind === 'folder' ? `${own}/` : own);
    if (ignored || unignored) return ignored;
  }
  return false;
}
