import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { inflateRawSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { workbook } from '../../../server/src/ranking/workbook/workbook';
import { zip } from '../../../server/src/ranking/workbook/zip';

/** Reads an archive by its central directory, as a spreadsheet program does. */
function unzipped(archive: Buffer): Record<string, string> {
  const end = archive.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  const files: Record<string, string> = {};
  let at = archive.readUInt32LE(end + 16);
  for (let left = archive.readUInt16LE(end + 10); left > 0; left--) {
    const [packed, length] = [archive.readUInt32LE(at + 20), archive.readUInt16LE(at + 28)];
    const name = archive.toString('utf8', at + 46, at + 46 + length);
    const entry = archive.readUInt32LE(at + 42);
    const start = entry + 30 + archive.readUInt16LE(entry + 26) + archive.readUInt16LE(entry + 28);
    files[name] = inflateRawSync(archive.subarray(start, start + packed)).toString('utf8');
    at += 46 + length;
  }
  return files;
}

const sheetOf = (rows: (string | number | null)[][]) =>
  unzipped(workbook('Ranking', rows))['xl/worksheets/sheet1.xml']!;

describe('an archive', () => {
  test('gives back what was put in', () => {
    const files = { 'a.txt': 'è ora', 'folder/b.txt': 'x'.repeat(10_000), empty: '' };
    expect(unzipped(zip(files))).toEqual(files);
  });

  const unzip = (() => {
    try {
      execFileSync('unzip', ['-v'], { stdio: 'ignore' });
      return true;
    } catch {
      return false;
    }
  })();
  test.skipIf(!unzip)('has checksums that others find right', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'clv-zip-'));
    writeFileSync(path.join(folder, 'book.xlsx'), workbook('Ranking', [['title'], ['Über'], [1.5]]));
    const said = execFileSync('unzip', ['-t', path.join(folder, 'book.xlsx')], { encoding: 'utf8' });
    expect(said).toContain('No errors detected');
    rmSync(folder, { recursive: true });
  });
});

describe('a workbook', () => {
  test('has as many rows as there are', () => {
    const rows = Array.from({ length: 200_000 }, (_, row) => [row]);
    expect(sheetOf([['n'], ...rows])).toContain('<row r="200001">');
  });

  test('holds the parts that a spreadsheet program asks for, each named in the types', () => {
    const files = unzipped(workbook('Ranking', [['a']]));
    expect(Object.keys(files).sort()).toEqual([
      '[Content_Types].xml',
      '_rels/.rels',
      'xl/_rels/workbook.xml.rels',
      'xl/styles.xml',
      'xl/workbook.xml',
      'xl/worksheets/sheet1.xml',
    ]);
    for (const part of ['xl/styles.xml', 'xl/workbook.xml', 'xl/worksheets/sheet1.xml'])
      expect(files['[Content_Types].xml']).toContain(`/${part}`);
  });

  test('keeps numbers as numbers and text as text, formulas among it', () => {
    const sheet = sheetOf([
      ['title', 'excess'],
      ['=HYPERLINK("x")', -0.25],
      ['007', 1e-9],
    ]);
    expect(sheet).toContain(
      '<c r="A2" s="0" t="inlineStr"><is><t xml:space="preserve">=HYPERLINK(&quot;x&quot;)</t></is></c>',
    );
    expect(sheet).toContain('<c r="B2" s="0"><v>-0.25</v></c>');
    expect(sheet).toContain('>007</t>');
    expect(sheet).toContain('<v>1e-9</v>');
    expect(sheet).not.toContain('<f>');
  });

  test('leaves out what cannot be given, and signs that XML cannot hold', () => {
    const sheet = sheetOf([['a'], [null], [Number.NaN], ['b\u0000\u000bc <&>'], ['\ud800d']]);
    expect(sheet).toContain('<row r="2"></row><row r="3"></row>');
    expect(sheet).toContain('>bc &lt;&amp;&gt;</t>');
    expect(sheet).toContain('>d</t>');
  });

  test('names columns beyond Z', () => {
    const sheet = sheetOf([Array.from({ length: 28 }, (_, k) => k)]);
    expect(sheet).toContain('r="Z1"');
    expect(sheet).toContain('r="AA1"');
    expect(sheet).toContain('<autoFilter ref="A1:AB1"/>');
  });
});
