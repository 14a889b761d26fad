const WIDTH = 30;

/**
 * A progress bar on one line of the terminal; where the output is no terminal, a line at each quarter.
 *
 * @param {string} label
 * @param {number} total
 * @returns a function that counts further steps
 */
export function progressBar(label, total) {
  let done = 0;
  let shown = -1;
  return (steps = 1) => {
    done = Math.min(total, done + steps);
    const percent = Math.floor((100 * done) / total);
    const step = process.stdout.isTTY ? percent : Math.floor(percent / 25);
    if (step === shown) return;
    shown = step;
    const filled = Math.round((WIDTH * done) / total);
    const line = `${label.padEnd(34)} ${'█'.repeat(filled)}${'░'.repeat(WIDTH - filled)} ${String(percent).padStart(3)} %`;
    if (process.stdout.isTTY) process.stdout.write(`\r${line}${done === total ? '\n' : ''}`);
    else console.log(line);
  };
}
