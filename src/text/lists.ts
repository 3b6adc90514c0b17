/** English, because the sentences are, regardless of the display language. */
const conjunction = new Intl.ListFormat('en', { type: 'conjunction' });

/** Names in a sentence: `a`, `a and b`, `a, b, and c`. */
export function listOf(names: Iterable<string>): string {
  return conjunction.format(names);
}

/** Average number of characters a name, for which a sentence has room. */
const averageLength = 40;

/**
 * The first names of a list with `total` items, and the number of the others: `a, b, and 12 more`. Fewer if names are
 * long, but at least one.
 */
export function firstOf(names: readonly string[], total: number): string {
  let room = names.length * averageLength;
  const end = names.findIndex((name, index) => {
    room -= name.length;
    return index > 0 && room < 0;
  });
  const named = end < 0 ? names : names.slice(0, end);
  const others = total - named.length;
  return others > 0 ? conjunction.format([...named, `${others} more`]) : conjunction.format(named);
}

/** Joins whole sentences. Empty ones are omitted. */
export function sentences(...each: readonly (string | undefined)[]): string {
  return each.filter(Boolean).join(' ');
}

/** Joins the parts of a row, such as `3 permissions · loaded 2 hours ago`. Empty ones are omitted. */
export function metadata(...parts: readonly (string | undefined)[]): string {
  return parts.filter(Boolean).join(' · ');
}

/** Joins parts for screen readers, which pause at a comma. Empty ones are omitted. */
export function spoken(...parts: readonly (string | undefined)[]): string {
  return parts.filter(Boolean).join(', ');
}
