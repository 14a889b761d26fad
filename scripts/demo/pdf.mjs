// Writes small PDF files: text on A4 pages in the two fonts that every reader has (PDF 1.4, ISO 32000-1 section 7).

const WIDTH = 595;
const HEIGHT = 842;
const MARGIN = 64;

/** Text as a PDF string in WinAnsi (Latin-1 is near enough); what has no place in it becomes a question mark. */
function literal(text) {
  const plain = text.replace(/[‘’]/g, "'").replace(/[“”]/g, '"').replace(/[–—]/g, '-');
  return `(${plain.replace(/[\\()]/g, '\\$&').replace(/[^\x20-\x7e\xa0-\xff]/g, '?')})`;
}

/** Breaks text into lines that fit; Helvetica is about half as wide as it is high. */
function wrap(text, size) {
  const room = Math.floor((WIDTH - 2 * MARGIN) / (size * 0.5));
  const lines = [''];
  for (const word of text.split(/\s+/)) {
    const line = lines[lines.length - 1];
    if (line && line.length + word.length + 1 > room) lines.push(word);
    else lines[lines.length - 1] = line ? `${line} ${word}` : word;
  }
  return lines;
}

function pageContent(blocks, footer) {
  let y = HEIGHT - MARGIN;
  const parts = [];
  for (const { text, size, font } of blocks) {
    for (const line of wrap(text, size)) {
      y -= size * 1.4;
      parts.push(`BT /${font} ${size} Tf ${MARGIN} ${y.toFixed(1)} Td ${literal(line)} Tj ET`);
    }
    y -= size;
  }
  parts.push(`BT /F1 9 Tf ${MARGIN} ${MARGIN / 2} Td ${literal(footer)} Tj ET`);
  return parts.join('\n');
}

/**
 * A PDF with a title page and one page for each section.
 *
 * @param {string} title
 * @param {string} summary
 * @param {[heading: string, text: string][]} sections
 * @returns {Buffer}
 */
export function pdf(title, summary, sections) {
  const block = (text, size, font = 'F1') => ({ text, size, font });
  const pages = [
    [
      block(title, 26, 'F2'),
      block(summary, 13),
      block('Altura is an imaginary company; this is a demonstration.', 10),
    ],
    ...sections.map(([heading, text]) => [block(heading, 18, 'F2'), block(text, 12)]),
  ].map((blocks, i) => pageContent(blocks, `Altura - ${title} - page ${i + 1}`));

  const FIRST_PAGE = 5;
  const kids = pages.map((_, i) => `${FIRST_PAGE + 2 * i} 0 R`).join(' ');
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Kids [${kids}] /Count ${pages.length} >>`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>',
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>',
    ...pages.flatMap((content, i) => [
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${WIDTH} ${HEIGHT}] /Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> /Contents ${FIRST_PAGE + 2 * i + 1} 0 R >>`,
      `<< /Length ${Buffer.byteLength(content, 'latin1')} >>\nstream\n${content}\nendstream`,
    ]),
  ];

  let file = '%PDF-1.4\n';
  const offsets = objects.map((object, i) => {
    const offset = file.length;
    file += `${i + 1} 0 obj\n${object}\nendobj\n`;
    return `${String(offset).padStart(10, '0')} 00000 n \n`;
  });
  const count = objects.length + 1;
  const start = file.length;
  file += `xref\n0 ${count}\n0000000000 65535 f \n${offsets.join('')}trailer\n<< /Size ${count} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`;
  // One character is one byte throughout, so the offsets above are those of the bytes.
  return Buffer.from(file, 'latin1');
}
