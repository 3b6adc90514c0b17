/** Bytes that tell what a file is. Git looks at as many. */
const beginning = 8000;

/**
 * The text of a file in UTF-8 or UTF-16, with or without a byte order mark. Undefined for a binary file. Throws for a
 * text in UTF-32, which no decoder reads.
 */
export function decodeText(bytes: Uint8Array): string | undefined {
  const [one, two, three, four] = bytes;
  if (one === 0xff && two === 0xfe) {
    if (three === 0 && four === 0) throw new RangeError('UTF-32');
    return decodeUTF16(bytes.subarray(2), 'little');
  }
  if (one === 0xfe && two === 0xff) return decodeUTF16(bytes.subarray(2), 'big');
  if (one === 0 && two === 0 && three === 0xfe && four === 0xff) throw new RangeError('UTF-32');
  const start = bytes.subarray(0, beginning);
  if (!start.includes(0)) return new TextDecoder().decode(bytes);
  const order = orderOfUTF16(start);
  return order && decodeUTF16(bytes, order);
}

/** As VS Code does: in UTF-16, the zeros of Latin letters are all in odd or all in even places. A guess, without a mark. */
function orderOfUTF16(start: Uint8Array): 'little' | 'big' | undefined {
  let even = 0;
  let odd = 0;
  for (let index = 0; index < start.length; index += 1) {
    if (start[index] !== 0) continue;
    if (index % 2 === 0) even += 1;
    else odd += 1;
  }
  const half = Math.floor(start.length / 2);
  if (even === 0 && odd > half / 2) return 'little';
  return odd === 0 && even > half / 2 ? 'big' : undefined;
}

function decodeUTF16(bytes: Uint8Array, order: 'little' | 'big'): string {
  const whole = Buffer.from(bytes.subarray(0, bytes.length - (bytes.length % 2)));
  return (order === 'big' ? whole.swap16() : whole).toString('utf16le');
}
