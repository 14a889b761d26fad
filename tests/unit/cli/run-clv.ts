import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const entry = path.join(process.env.CLV_PLUGIN_PATH!, 'dist/cli/index.js');

export interface Finished {
  code: number;
  stdout: string;
  stderr: string;
}

/** Runs the command line as a process of its own. */
export function clv(...args: string[]): Promise<Finished> {
  return new Promise((resolve) => {
    execFile(process.execPath, [entry, ...args], { maxBuffer: 2 ** 26 }, (error, stdout, stderr) => {
      const code = error ? Number(error.code) : 0;
      resolve({ code, stdout, stderr });
    });
  });
}

/** A folder for files, removed by `done`. */
export function scratch() {
  const folder = mkdtempSync(path.join(tmpdir(), 'clv-cli-'));
  return {
    path: (name: string) => path.join(folder, name),
    file(name: string, text: string | Buffer): string {
      writeFileSync(path.join(folder, name), text);
      return path.join(folder, name);
    },
    done: () => rmSync(folder, { recursive: true, force: true }),
  };
}
