/** What the doctor saw: all well, worth knowing, or broken. */
export interface Finding {
  state: 'ok' | 'note' | 'problem';
  about: string;
  says: string;
  /** What to do next; every problem has one. */
  todo?: string;
}

export const ok = (about: string, says: string): Finding => ({ state: 'ok', about, says });
export const noted = (about: string, says: string, todo?: string): Finding => ({
  state: 'note',
  about,
  says,
  ...(todo && { todo }),
});
export const problem = (about: string, says: string, todo: string): Finding => ({
  state: 'problem',
  about,
  says,
  todo,
});

const MARKS = { ok: '✓', note: '·', problem: '✗' } as const;

/** Findings as lines for people. */
export function forPeople(findings: Finding[]): string {
  const width = Math.max(...findings.map(({ about }) => about.length));
  const lines = findings.flatMap(({ state, about, says, todo }) => [
    `${MARKS[state]} ${about.padEnd(width)}  ${says}`,
    ...(todo ? [`  ${' '.repeat(width)}  → ${todo}`] : []),
  ]);
  return lines.join('\n');
}

/** `1 order`, `2 orders`, with thousands apart. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
}
