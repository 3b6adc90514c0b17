// The one owner of redaction. Two rules, because they are for different texts:
// - {@link withoutKeys} removes the keys in use, exactly. It is for every text: names, IDs, paths, files.
// - {@link presentable} also removes what only looks like a secret. It is for free text of servers, proxies and the
//   system, such as error messages. A name or an ID may look like a key and must stay as it is: it is evidence.

/** Replaces a secret. */
export const redacted = '[redacted]';

/** Keys in use that are shorter protect nothing, and removing them would remove parts of names. */
const shortestKey = 8;

/**
 * The keys that this process has used or read. They are never forgotten. The longest is first, because another may be a part
 * of it.
 */
let keys: readonly string[] = [];

/** Removes this key from every text from now on. Call it wherever a key comes in. */
export function rememberKey(key: string): void {
  if (key.length < shortestKey || keys.includes(key)) return;
  keys = [...keys, key].sort((one, other) => other.length - one.length);
}

/** Whether a text can have a key in another spelling. Few texts can. */
const mayBeSpelled = /[^\x20-\x7e]|[%\\&]/;

/** The longest texts that are searched for other spellings in one response, in UTF-16 units, all together. */
const mostSpelled = 200_000;

/** Characters that are invisible or only decorate others. Bounded, because the stack of a pattern is. */
const between = /[\p{C}\p{M}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]{1,1000}/gu;

/** A character in percent-encoding, or in an escape of JSON, of JavaScript, or of HTML. */
const escapes =
  /%([0-9a-f]{2})|\\u00([0-9a-f]{2})|\\x([0-9a-f]{2})|&#x0{0,6}([0-9a-f]{2});|&#0{0,6}(\d{2,3});/gi;

function decoded(hex: readonly (string | undefined)[], decimal: string | undefined): string {
  const code = decimal === undefined ? Number.parseInt(hex.join(''), 16) : Number(decimal);
  return String.fromCharCode(code);
}

/** A text as it reads: without what is between characters, and without escapes. */
function asRead(text: string): string {
  const seen = text.replace(between, '');
  if (!/[%\\&]/.test(seen)) return seen;
  return seen.replace(escapes, (_, percent, json, script, html, decimal) =>
    decoded([percent, json, script, html], decimal),
  );
}

/** The same with the place of each of its units in the text. Slower, so for texts that have a key only. */
function asReadWithPlaces(text: string) {
  let seen = '';
  const places: number[] = [];
  let end = 0;
  const keep = (to: number): void => {
    for (let at = end; at < to; at += 1) places.push(at);
    seen += text.slice(end, to);
  };
  for (const { 0: run, index } of text.matchAll(between)) {
    keep(index);
    end = index + run.length;
  }
  keep(text.length);
  let read = '';
  const starts: number[] = [];
  const ends: number[] = [];
  const add = (characters: string, from: number, length: number): void => {
    const isEscape = length !== characters.length;
    for (let at = 0; at < characters.length; at += 1) {
      starts.push(places[from + at] ?? 0);
      ends.push((places[isEscape ? from + length - 1 : from + at] ?? 0) + 1);
    }
    read += characters;
  };
  let last = 0;
  for (const { 0: written, 1: percent, 2: json, 3: script, 4: html, 5: decimal, index } of seen.matchAll(
    escapes,
  )) {
    add(seen.slice(last, index), last, index - last);
    add(decoded([percent, json, script, html], decimal), index, written.length);
    last = index + written.length;
  }
  add(seen.slice(last), last, seen.length - last);
  return { read, starts, ends };
}

/**
 * Removes any spelling of a key that reads the same: with characters in between that are invisible or only decorate others,
 * with percent-encoding, and with the escapes of JSON and HTML. Takes time in proportion to the text.
 */
function withoutSpellings(text: string, key: string): string {
  const { read, starts, ends } = asReadWithPlaces(text);
  const parts: string[] = [];
  let end = 0;
  for (let at = read.indexOf(key); at >= 0; at = read.indexOf(key, at + key.length)) {
    parts.push(text.slice(end, starts[at]), redacted);
    end = ends[at + key.length - 1] ?? end;
  }
  return parts.join('') + text.slice(end);
}

/** Removes the keys in use, and nothing else: a text without them stays as it is. */
export function withoutKeys(text: string): string {
  let clean = text;
  for (const key of keys) if (clean.includes(key)) clean = clean.replaceAll(key, redacted);
  if (keys.length === 0 || !mayBeSpelled.test(clean)) return clean;
  const read = asRead(clean);
  for (const key of keys) if (read.includes(key)) clean = withoutSpellings(clean, key);
  return clean;
}

/**
 * {@link withoutKeys} for all texts of one response, in bounded time: other spellings take a thousand times as long to find.
 * A text that is beyond the bound is replaced whole, because a part of it could be a key.
 */
export function withoutKeysInResponse(): (text: string) => string {
  let room = mostSpelled;
  return (text) => {
    // No spelling is shorter than its key.
    if (keys.length === 0 || text.length < shortestKey) return text;
    if (mayBeSpelled.test(text)) {
      if (text.length > room) return redacted;
      room -= text.length;
    }
    return withoutKeys(text);
  };
}

/** The first part of an escape, at the end of a text. */
const partOfEscape = /(?:%[0-9a-f]?|\\(?:u(?:0|00[0-9a-f]?)?|x[0-9a-f]?)?|&(?:#x?[0-9a-f]{0,9})?)$/i;

/**
 * The beginning of a text, without the keys in use, and without the first part of one, in any spelling, that it would end
 * with. The whole keys go first, because one of them may end as it begins.
 */
export function beginningWithoutKeys(text: string, longest: number): string {
  if (text.length <= longest) return withoutKeys(text);
  const clean = withoutKeys(text.slice(0, longest));
  const { read, starts } = asReadWithPlaces(clean);
  const whole = read.replace(partOfEscape, '');
  let end = whole.length;
  for (const key of keys)
    for (let at = Math.max(0, whole.length - key.length + 1); at < end; at += 1)
      if (key.startsWith(whole.slice(at))) end = at;
  return clean.slice(0, starts[end]);
}

// Every repetition is bounded, and longer than what is ever looked at.
const keyLike = /(?<![A-Za-z0-9])sk-[A-Za-z0-9_-]{6,20000}/g;
/** Up to the last `@` before the path, because passwords may contain one. */
const credentialsInURL = /:\/\/[^\s/?#]{0,20000}@/g;
/** Where a text is cut, what follows may be an `@`. */
const unfinishedAuthority = /:\/\/[^\s/?#]{0,20000}$/;
const authorization =
  /\b((?:proxy-)?authorization["']?\s{0,20}[:=]\s{0,20}["']?)(?:[a-z]{1,20}\s{1,20})?[^\s"',;)]{1,20000}/gi;
const cookie = /\b((?:set-)?cookie["']?\s{0,20}[:=]\s{0,20}["']?)[^\r\n"']{1,20000}/gi;

/** Characters without a look of their own. One inside a key would hide it from the patterns. */
const ignorable = /[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu;

/**
 * Makes free text of a server, a proxy or the system safe to show: without the keys in use, without `secrets`, without
 * what looks like a key (docs/api.md#api-keys), credentials in URLs, and values of authorization and cookie headers, on
 * one line, without control and bidirectional characters, and truncated to `limit` characters.
 *
 * Only the beginning of a long text is looked at, so that time is bounded.
 */
export function presentable(text: string, secrets: readonly (string | undefined)[], limit = 1000): string {
  const isCut = text.length > limit * 8;
  let clean = beginningWithoutKeys(text, limit * 8)
    .replace(ignorable, '')
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]{1,1000}/gu, ' ');
  for (const secret of secrets) if (secret) clean = clean.replaceAll(secret, redacted);
  clean = clean
    .replace(keyLike, redacted)
    .replace(credentialsInURL, `://${redacted}@`)
    .replace(authorization, `$1${redacted}`)
    .replace(cookie, `$1${redacted}`);
  if (isCut) clean = clean.replace(unfinishedAuthority, '://');
  clean = clean.trim();
  if (clean.length > limit) return `${clean.slice(0, limit - 1)}…`;
  return isCut ? `${clean}…` : clean;
}

const id =
  /(?<![A-Za-z0-9])(?:ft(?::|%3A)[^\s"'”,;)/]{1,2000}|(?:ftckpt|ftjob|proj|cp|org|user|key|sa|svcacct)[-_][A-Za-z0-9_-]{4,200})/gi;
/** A model of the retired API, with the name of its owner, and one of Azure (docs/api.md#older-and-foreign-ids). */
const foreignModel =
  /(?<![A-Za-z0-9._-])[a-z0-9][a-z0-9.-]{0,99}(?:(?::|%3A)ft-[^\s"'”,;)/]{1,300}|\.ft-[0-9a-f]{32}[A-Za-z0-9-]{0,64})/gi;
const address = /\bhttps?:\/\/[^\s"'”<>]{1,2000}/gi;
const email = /[^\s"'“”<>(),;:=&?/]{1,200}(?:@|%40)[^\s"'“”<>(),;&]{1,200}/gi;
const quoted = /“[^”]{1,500}”/g;
/** In the path of a request. */
const query = /(\/[^\s?]{1,2000})\?\S{1,2000}/g;

/** How a name stands in a presentable text: unseen characters were removed, or a message had spaces in their place. */
function spellingsOfName(name: string): string[] {
  return [name, name.replace(/[\p{Cf}\p{Zl}\p{Zp}]{1,1000}/gu, ' ')].map((each) => presentable(each, []));
}

/**
 * Makes a text of the log safe for people outside of the organization: as {@link presentable}, and without `names`, IDs of
 * the API, quoted names, addresses of servers and of people, and what requests asked for.
 */
export function withoutNames(text: string, names: readonly string[]): string {
  let clean = presentable(text, []);
  // The longest first, because another may be a part of it. What is shorter is a part of many words.
  const long = [...new Set(names.flatMap(spellingsOfName))]
    .filter(({ length }) => length > 2)
    .sort((one, other) => other.length - one.length);
  for (const name of long) clean = clean.replaceAll(name, redacted);
  return clean
    .replace(address, redacted)
    .replace(foreignModel, redacted)
    .replace(id, redacted)
    .replace(email, redacted)
    .replace(quoted, `“${redacted}”`)
    .replace(query, '$1');
}

/** A key of OpenAI by its prefix, or by its length. Stricter than for free text, because names may begin with `sk-`. */
const keyOfOpenAI =
  /(?<![A-Za-z0-9])sk-(?:(?:admin|proj|svcacct)-[A-Za-z0-9_-]{4}|[A-Za-z0-9_-]{0,12}[A-Za-z0-9]{16})/;

/** Whether a person typed or pasted a key where none belongs, where it would be shown or stored unencrypted. */
export function containsKey(text: string): boolean {
  return withoutKeys(text) !== text || keyOfOpenAI.test(text.replace(ignorable, ''));
}
