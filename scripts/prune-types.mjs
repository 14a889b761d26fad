// Keeps of the built declarations only those that somebody can come to from an entry of the package: the build writes one for
// each source file, and hundreds of small files are most of what is downloaded.
import { existsSync, readFileSync } from 'node:fs';
import { readdir, rm, rmdir } from 'node:fs/promises';
import path from 'node:path';

const IMPORT = /(?:from|import\()\s*['"](\.[^'"]*)['"]/g;

/** The declarations that a relative import of a file means; null when it is none of ours. */
function declarationsOf(file, specifier) {
  const place = path.resolve(path.dirname(file), specifier);
  const candidates = [`${place}.d.ts`, path.join(place, 'index.d.ts'), place];
  return candidates.find((candidate) => candidate.endsWith('.d.ts') && existsSync(candidate)) ?? null;
}

function reachable(entries) {
  const found = new Set();
  const waiting = [...entries];
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (found.has(file)) continue;
    found.add(file);
    for (const [, specifier] of readFileSync(file, 'utf8').matchAll(IMPORT)) {
      const next = declarationsOf(file, specifier);
      if (next) waiting.push(next);
    }
  }
  return found;
}

async function removeEmptyFolders(folder) {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (entry.isDirectory()) await removeEmptyFolders(path.join(folder, entry.name));
  }
  if ((await readdir(folder)).length === 0) await rmdir(folder);
}

/** Prunes the declarations below `<dist>/<part>/src`. */
export async function pruneTypes(dist, part) {
  const folder = path.join(dist, part, 'src');
  const kept = reachable([path.join(folder, 'index.d.ts')]);
  for (const name of await readdir(folder, { recursive: true })) {
    const file = path.join(folder, name);
    if (file.endsWith('.d.ts') && !kept.has(file)) await rm(file);
  }
  await removeEmptyFolders(folder);
}
