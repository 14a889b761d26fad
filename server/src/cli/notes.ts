import type { RowProblem } from '../crm/api-types';

const SHOWN = 10;

/** Says something beside the result. */
export function note(text: string): void {
  process.stderr.write(`clv: ${text}\n`);
}

/** Tells of the rows of one file that are left out: the first ten each, then how many there were. */
export class ProblemNotes {
  #count = 0;

  constructor(private readonly file: string) {}

  readonly add = ({ row, field, reason }: RowProblem): void => {
    this.#count++;
    const what = field ? `${field} ${reason}` : reason;
    if (this.#count <= SHOWN) note(`${this.file}, line ${row}: ${what}`);
  };

  finish(): void {
    if (this.#count > SHOWN) note(`${this.file}: … and ${this.#count - SHOWN} more`);
    if (this.#count > 0) {
      note(`${this.file}: ${this.#count} ${this.#count === 1 ? 'row was' : 'rows were'} left out`);
    }
  }
}
