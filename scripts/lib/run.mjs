// Starts other programs; Node's own modules only, so that it works before anything is installed.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

/**
 * Runs a program with this terminal as its own and waits for its end. With `quiet`, what it says is shown only when
 * it fails.
 *
 * @returns the exit code
 * @throws when it cannot be started or takes longer than `minutes`
 */
export function run(command, args, { minutes = 15, quiet = false } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: root,
      stdio: quiet ? ['ignore', 'pipe', 'pipe'] : 'inherit',
      // npm is a batch file there.
      shell: process.platform === 'win32',
    });
    const said = [];
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => said.push(chunk));
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error(`"${command} ${args.join(' ')}" took longer than ${minutes} minutes and was ended.`));
    }, minutes * 60_000);
    child.on('error', (error) => {
      clearTimeout(timer);
      reject(new Error(`"${command}" could not be started: ${error.message}`));
    });
    child.on('close', (code) => {
      clearTimeout(timer);
      if (code !== 0) process.stderr.write(Buffer.concat(said));
      // Ended by a signal, it has no code.
      resolve(code ?? 1);
    });
  });
}

/** As `run`, for a step that must succeed. */
export async function runOrFail(command, args, options) {
  const code = await run(command, args, options);
  if (code !== 0) throw new Error(`"${command} ${args.join(' ')}" failed with exit code ${code}; see above.`);
}

/** Ends a script with one line that says what went wrong, instead of a stack. */
export function fail(error) {
  console.error(`\n✗ ${error.message}`);
  process.exit(1);
}
