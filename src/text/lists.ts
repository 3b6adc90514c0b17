/** The words are English, whatever the display language is. */
const conjunction = new Intl.ListFormat('en', { type: 'conjunction' });

/** Several names as a sentence has them: `a`, `a and b`, `a, b, and c`. */
export function listOf(names: Iterable<string>): string {
  return conjunction.format(names);
}

/** Characters of each name that a sentence has room for, on average. */
const usualLength = 40;

/**
 * The first names of a list that has `total`, with the rest as a number: `a, b, and 12 more`. Long names leave room for
 * fewer, but one is always named.
 */
export function firstOf(names: readonly string[], total: number): string {
  let room = names.length * usualLength;
  const end = names.findIndex((name, index) => {
    room -= name.length;
    return index > 0 && room < 0;
  });
  const named = end < 0 ? names : names.slice(0, end);
  const rest = total - named.length;
  return rest > 0 ? conjunction.format([...named, `${rest} more`]) : conjunction.format(named);
}

/** Whole sentences one after the other; empty ones are left out. */
export function sentences(...each: readonly (string | undefined)[]): string {
  return each.filter(Boolean).join(' ');
}

/** Parts of a row side by side, such as `3 permissions · loaded 2 hours ago`; empty ones are left out. */
export function metadata(...parts: readonly (string | undefined)[]): string {
  return parts.filter(Boolean).join(' · ');
}
