import { deflateRawSync } from 'node:zlib';

/*
 * A ZIP archive of a few small files, as PKWARE's APPNOTE 6.3.3 describes it: each with its header (4.3.7), then the central
 * directory (4.3.12) and its end (4.3.16). UTF-8 names, deflated, the same bytes for the same content.
 */

const POLYNOMIAL = 0xedb88320;
const DEFLATED = 8;
const VERSION = 20;
const UTF8 = 0x0800;
/** 1 January 1980, the first day that an entry can bear: when it was made is not told. */
const DATE = 0x0021;

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let c = byte;
  for (let bit = 0; bit < 8; bit++) c = c & 1 ? POLYNOMIAL ^ (c >>> 1) : c >>> 1;
  return c;
});

function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = TABLE[(crc ^ byte) & 0xff]! ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}

/** What both headers of an entry say alike: from the version needed to the length of the name. */
function described(content: Buffer, packed: Buffer, name: Buffer): Buffer {
  const fields = Buffer.alloc(26);
  fields.writeUInt16LE(VERSION, 0);
  fields.writeUInt16LE(UTF8, 2);
  fields.writeUInt16LE(DEFLATED, 4);
  fields.writeUInt16LE(DATE, 8);
  fields.writeUInt32LE(crc32(content), 10);
  fields.writeUInt32LE(packed.length, 14);
  fields.writeUInt32LE(content.length, 18);
  fields.writeUInt16LE(name.length, 22);
  return fields;
}

/** @param files content by name, less than 4 GB in all */
export function zip(files: Record<string, string>): Buffer {
  const entries: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [path, text] of Object.entries(files)) {
    const name = Buffer.from(path);
    const content = Buffer.from(text);
    const packed = deflateRawSync(content);
    const fields = described(content, packed, name);
    const entry = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), fields, name, packed]);
    const version = Buffer.alloc(2);
    version.writeUInt16LE(VERSION);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(offset, 10);
    directory.push(Buffer.from('PK\x01\x02', 'latin1'), version, fields, rest, name);
    entries.push(entry);
    offset += entry.length;
  }
  const listing = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(entries.length, 4);
  end.writeUInt16LE(entries.length, 6);
  end.writeUInt32LE(listing.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...entries, listing, Buffer.from('PK\x05\x06', 'latin1'), end]);
}
