import { zip } from './zip';

/** A text, a number, or an empty cell. Text is never taken for a formula. */
export type Cell = string | number | null;

/** Characters that XML 1.0 cannot hold (production 2, "Char"). */
// biome-ignore lint/suspicious/noControlCharactersInRegex: those are what is taken out
const IMPOSSIBLE = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|\p{Surrogate}/gu;
const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

const escaped = (text: string) => text.replace(IMPOSSIBLE, '').replace(/[&<>"]/g, (sign) => ESCAPES[sign]!);

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/package/2006/relationships';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const TYPES = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/** Longest text of a cell, and the widest column, in characters. */
const LONGEST = 32_767;
const WIDEST = 60;

/** "A" for 0, "AA" for 26. */
function column(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26));
  return index < 26 ? letter : column(Math.floor(index / 26) - 1) + letter;
}

function cellXml(cell: Cell, place: string, style: number): string {
  if (cell === null) return '';
  if (typeof cell === 'number')
    return Number.isFinite(cell) ? `<c r="${place}" s="${style}"><v>${cell}</v></c>` : '';
  const text = escaped(cell.slice(0, LONGEST));
  return `<c r="${place}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${text}</t></is></c>`;
}

const BOLD = 1;
const PLAIN = 0;

function rowXml(cells: Cell[], row: number): string {
  const style = row === 0 ? BOLD : PLAIN;
  const inner = cells.map((cell, k) => cellXml(cell, `${column(k)}${row + 1}`, style)).join('');
  return `<row r="${row + 1}">${inner}</row>`;
}

/** Columns as wide as what stands in them, the header row held in view, and a filter on every column. */
function sheetXml(rows: Cell[][]): string {
  const width = rows[0]?.length ?? 1;
  const columns = Array.from({ length: width }, (_, k) => {
    const longest = rows.reduce((most, row) => Math.max(most, String(row[k] ?? '').length), 0);
    const size = Math.min(WIDEST, Math.max(8, longest + 2));
    return `<col min="${k + 1}" max="${k + 1}" width="${size}" customWidth="1"/>`;
  });
  const last = `${column(width - 1)}${Math.max(rows.length, 1)}`;
  return (
    `${HEAD}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0">` +
    '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>' +
    `<cols>${columns.join('')}</cols><sheetData>${rows.map(rowXml).join('')}</sheetData>` +
    `<autoFilter ref="A1:${last}"/></worksheet>`
  );
}

/** A style for cells, and a bold one for the header; parts that Excel insists upon. */
const STYLES =
  `${HEAD}<styleSheet xmlns="${MAIN}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>` +
  '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill>' +
  '<fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders>' +
  '<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf xfId="0"/><xf xfId="0" fontId="1" applyFont="1"/></cellXfs>' +
  '</styleSheet>';

/**
 * A workbook of one sheet as Excel and its like open it (ECMA-376, part 1, SpreadsheetML): numbers stay numbers in every
 * language, and text stays text.
 *
 * @param rows the header first; at most 1,048,576
 */
export function workbook(name: string, rows: Cell[][]): Buffer {
  const part = (path: string, type: string) =>
    `<Override PartName="/${path}" ContentType="${TYPES}.${type}+xml"/>`;
  const relation = (id: string, type: string, target: string) =>
    `<Relationship Id="${id}" Type="${OFFICE}/${type}" Target="${target}"/>`;
  return zip({
    '[Content_Types].xml':
      `${HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
      '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
      `${part('xl/workbook.xml', 'sheet.main')}${part('xl/worksheets/sheet1.xml', 'worksheet')}${part('xl/styles.xml', 'styles')}</Types>`,
    '_rels/.rels': `${HEAD}<Relationships xmlns="${RELATIONS}">${relation('rId1', 'officeDocument', 'xl/workbook.xml')}</Relationships>`,
    'xl/workbook.xml': `${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets><sheet name="${escaped(name)}" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `${HEAD}<Relationships xmlns="${RELATIONS}">${relation('rId1', 'worksheet', 'worksheets/sheet1.xml')}${relation('rId2', 'styles', 'styles.xml')}</Relationships>`,
    'xl/worksheets/sheet1.xml': sheetXml(rows),
    'xl/styles.xml': STYLES,
  });
}
