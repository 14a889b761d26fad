import type { ImportKind, ImportPreview } from '../api-types';
import type { ColumnMatch } from '../csv/columns';
import { MissingColumns } from '../csv/read-csv';
import type { Problem } from '../rows/row-parser';
import { type Cells, fileRows } from './file-rows';

const SAMPLE = 20;
const LISTED = 200;

/**
 * Reads a whole file without storing anything: what columns it has, how many rows, and what is wrong with them.
 *
 * @param problemOf why a row would be rejected, or null
 */
export async function previewFile(
  file: string,
  kind: ImportKind,
  problemOf: (cells: Cells) => Problem | null,
): Promise<ImportPreview> {
  const preview: ImportPreview = {
    kind,
    columns: { used: [], ignored: [], missing: [] },
    sample: [],
    rows: 0,
    rejected: 0,
    problems: [],
  };
  const onColumns = (columns: ColumnMatch) => {
    preview.columns = columns;
  };
  try {
    for await (const row of fileRows(file, kind, onColumns)) {
      preview.rows += 1;
      if (row.cells && preview.sample.length < SAMPLE) preview.sample.push(row.cells);
      const problem = row.cells ? problemOf(row.cells) : row.problem;
      if (!problem) continue;
      preview.rejected += 1;
      if (preview.problems.length < LISTED) preview.problems.push({ row: row.line, ...problem });
    }
  } catch (error) {
    // The columns say what is missing.
    if (!(error instanceof MissingColumns)) throw error;
  }
  return preview;
}
