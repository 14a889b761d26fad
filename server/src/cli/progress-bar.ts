const WIDTH = 30;

/** A bar on stderr that moves in place; silent where stderr is no terminal. */
export class ProgressBar {
  #shown = false;

  constructor(private readonly label: string) {}

  update(fraction: number): void {
    if (!process.stderr.isTTY) return;
    const filled = Math.round(fraction * WIDTH);
    const bar = '█'.repeat(filled) + '░'.repeat(WIDTH - filled);
    process.stderr.write(`\r${this.label} ${bar} ${String(Math.floor(fraction * 100)).padStart(3)} %`);
    this.#shown = true;
  }

  finish(): void {
    if (this.#shown) process.stderr.write('\r\u001B[K');
  }
}
