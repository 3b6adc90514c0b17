import { inflateRawSync } from 'node:zlib';

/** A file in a zip archive, with its size once unpacked, in bytes. */
export interface ZipEntry {
  readonly name: string;
  readonly size: number;
  /** Its contents as text. */
  text(): string;
}

const endOfDirectory = 0x06054b50;
const directoryEntry = 0x02014b50;
const stored = 0;

/** The files of a zip archive, from its central directory. Throws when it has none (or needs the 64-bit format). */
export function zipEntries(archive: Buffer): ZipEntry[] {
  const end = archive.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end < 0 || archive.readUInt32LE(end) !== endOfDirectory) throw new Error('This is not a zip archive.');
  const count = archive.readUInt16LE(end + 10);
  const entries: ZipEntry[] = [];
  let at = archive.readUInt32LE(end + 16);
  for (let index = 0; index < count; index += 1) {
    if (archive.readUInt32LE(at) !== directoryEntry)
      throw new Error('The directory of the archive is damaged.');
    const [method, packed] = [archive.readUInt16LE(at + 10), archive.readUInt32LE(at + 20)];
    const header = archive.readUInt32LE(at + 42);
    const nameLength = archive.readUInt16LE(at + 28);
    const name = archive.toString('utf8', at + 46, at + 46 + nameLength);
    const text = () => {
      // The names and extras of the two headers may differ in length.
      const start = header + 30 + archive.readUInt16LE(header + 26) + archive.readUInt16LE(header + 28);
      const bytes = archive.subarray(start, start + packed);
      return (method === stored ? bytes : inflateRawSync(bytes)).toString('utf8');
    };
    if (!name.endsWith('/')) entries.push({ name, size: archive.readUInt32LE(at + 24), text });
    at += 46 + nameLength + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
  }
  return entries;
}
