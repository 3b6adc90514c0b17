/** The least characters at the end of a key that tell it from another one. The API shows three. */
const leastAtEnd = 3;

/**
 * Whether a redacted value, such as `sk-admin...1xQ`, can be of this key: what it shows is how the key begins and ends.
 * False for a value that shows too little to tell keys apart. Takes time in proportion to the value.
 */
export function matchesRedacted(key: string, redactedValue: string): boolean {
  const [, start, end] = /^([\w-]*)[^\w-]+([\w-]*)$/.exec(redactedValue.trim()) ?? [];
  if (start === undefined || end === undefined || end.length < leastAtEnd) return false;
  return start.length + end.length < key.length && key.startsWith(start) && key.endsWith(end);
}
