import { type FileHandle, open } from 'node:fs/promises';
import { stringify } from 'csv-stringify/sync';

const BATCH = 500;

/** A CSV file that is written in batches of rows. */
export class CsvFile {
  #rows: unknown[][];
  #written = 0;

  private constructor(
    private readonly file: string,
    private readonly handle: FileHandle,
    header: string[],
  ) {
    this.#rows = [header];
  }

  /** Makes the file, or empties it. */
  static async create(file: string, header: string[]): Promise<CsvFile> {
    return new CsvFile(file, await open(file, 'w'), header);
  }

  async add(row: unknown[]): Promise<void> {
    this.#rows.push(row);
    if (this.#rows.length >= BATCH) await this.#flush();
  }

  /** @returns a line on what was written */
  async close(): Promise<string> {
    await this.#flush();
    await this.handle.close();
    return `${this.file}: ${this.#written - 1} rows`;
  }

  async #flush(): Promise<void> {
    await this.handle.write(stringify(this.#rows));
    this.#written += this.#rows.length;
    this.#rows = [];
  }
}
