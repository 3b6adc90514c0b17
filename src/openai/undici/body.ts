import { promisify } from 'node:util';
import zlib from 'node:zlib';

type Decompress = (bytes: Buffer, options: { maxOutputLength: number }) => Promise<Buffer>;

// As lenient about the end as the official SDK is: JSON that is cut off is noticed anyway.
const gunzip = promisify<Buffer, zlib.ZlibOptions, Buffer>(zlib.gunzip);
const inflate = promisify<Buffer, zlib.ZlibOptions, Buffer>(zlib.inflate);
const inflateRaw = promisify<Buffer, zlib.ZlibOptions, Buffer>(zlib.inflateRaw);
const brotli = promisify<Buffer, zlib.BrotliOptions, Buffer>(zlib.brotliDecompress);
const untilItsEnd = { finishFlush: zlib.constants.Z_SYNC_FLUSH };

/** Decompression by the names of `content-encoding`. */
const decompressions: Readonly<Record<string, Decompress>> = {
  gzip: (bytes, options) => gunzip(bytes, { ...options, ...untilItsEnd }),
  'x-gzip': (bytes, options) => gunzip(bytes, { ...options, ...untilItsEnd }),
  // Some servers send it without its header, which begins with 8.
  deflate: (bytes, options) =>
    ((bytes[0] ?? 0) & 0x0f) === 8
      ? inflate(bytes, { ...options, ...untilItsEnd })
      : inflateRaw(bytes, { ...options, ...untilItsEnd }),
  br: (bytes, options) => brotli(bytes, { ...options, finishFlush: zlib.constants.BROTLI_OPERATION_FLUSH }),
};

const mostEncodings = 3;

/** The error for a body above its limit. */
export function tooLarge(): Error {
  return Object.assign(new Error('Response exceeds its limit.'), { code: 'UND_ERR_RES_EXCEEDED_MAX_SIZE' });
}

/** Text of bytes in UTF-8, without a byte order mark. */
export function textOf(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

/**
 * The text of a body. Nothing asks for compression, but a gateway may compress anyway. A body that cannot be decompressed
 * is taken as it is, so that its status still counts.
 *
 * @throws an error with the code `UND_ERR_RES_EXCEEDED_MAX_SIZE` for a body that is longer than `maxSize` bytes once it is
 *   decompressed.
 */
export async function decodedText(
  bytes: Buffer,
  contentEncoding: string | undefined,
  maxSize: number,
): Promise<string> {
  const encodings = (contentEncoding ?? '').toLowerCase().split(',', mostEncodings);
  let decoded = bytes;
  // The encoding that was applied last comes last.
  for (const encoding of encodings.reverse()) {
    const decompress = decompressions[encoding.trim()];
    if (!decompress || decoded.length === 0) continue;
    try {
      decoded = await decompress(decoded, { maxOutputLength: maxSize });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge();
      return textOf(bytes);
    }
  }
  return textOf(decoded);
}
