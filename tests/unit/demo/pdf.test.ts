import { expect, test } from 'vitest';
import { pdf } from '../../../scripts/demo/pdf.mjs';

const file = pdf('Costs (and “quotes”)', 'A summary with a café.', [
  ['One', 'first '.repeat(200)],
  ['Two', 'second'],
]).toString('latin1');

test('every entry of the cross-reference table points at its object', () => {
  const start = Number(/startxref\n(\d+)\n%%EOF\n$/.exec(file)?.[1]);
  expect(file.slice(start, start + 5)).toBe('xref\n');
  const offsets = [...file.slice(start).matchAll(/^(\d{10}) 00000 n $/gm)].map(([, offset]) =>
    Number(offset),
  );
  expect(offsets.length).toBeGreaterThan(0);
  for (const [i, offset] of offsets.entries()) {
    expect(file.slice(offset, offset + 12)).toMatch(new RegExp(`^${i + 1} 0 obj\n`));
  }
});

test('each section has a page after the title page, and each stream the length it says', () => {
  expect(file).toContain('/Count 3');
  for (const [, length, content] of file.matchAll(/\/Length (\d+) >>\nstream\n([\s\S]*?)\nendstream/g)) {
    expect(content!.length).toBe(Number(length));
  }
});

test('text that has a meaning in PDF is escaped, and long text is wrapped', () => {
  expect(file).toContain('(Costs \\(and "quotes"\\)) Tj');
  expect(file).toContain('A summary with a caf\xe9.');
  expect(Math.max(...file.split('\n').map((line) => line.length))).toBeLessThan(200);
});
