import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { createIntl } from 'react-intl';
import { describe, expect, test } from 'vitest';
import en from '../../../admin/src/translations/en.json';
import it from '../../../admin/src/translations/it.json';
import { BUILT_IN } from '../../../server/src/crm/connectors';

const LANGUAGES: Record<string, Record<string, string>> = { en, it };
const ADMIN = path.resolve(import.meta.dirname, '../../../admin/src');
const SERVER = path.resolve(import.meta.dirname, '../../../server/src');

/** The text of all sources below a folder. */
function sources(folder: string): string {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return files
    .filter((file) => /\.tsx?$/.test(file))
    .map((file) => readFileSync(path.join(folder, file), 'utf8'))
    .join('\n');
}

const admin = sources(ADMIN);
/** Quoted ids, but not the settings that texts and snippets name. */
const used = new Set([...admin.matchAll(/'(clv\.[a-z][a-z0-9.-]*)'/g)].map(([, id]) => id!));
/** Ids that the code puts together: those of stages, which the server names. */
const stages = new Set(
  [...sources(SERVER).matchAll(/progress\([^;]*?, '([a-z-]+)'\)/g)].map(([, stage]) => stage!),
);
const isStage = (id: string) => id.startsWith('clv.stage.');
const isForm = (id: string) => id.startsWith('clv.crm.form.') && id.split('.').length > 4;
/** Ids of the forms of the CRMs that come with the plugin: labels, help and choices. */
const forms = BUILT_IN.flatMap(({ kind, form }) =>
  form.flatMap(({ name, help, choices = [] }) => [
    `clv.crm.form.${kind}.${name}`,
    ...(help === undefined ? [] : [`clv.crm.form.${kind}.${name}.help`]),
    ...choices.map(({ value }) => `clv.crm.form.${kind}.${name}.${value}`),
  ]),
);

/** The values a message asks for; what stands in the braces of a plural is text. */
const placeholders = (message: string) =>
  [...new Set([...message.matchAll(/(?<!(?:one|other|=\d) )\{(\w+)[,}]/g)].map(([, name]) => name!))].sort();

test('both languages have the same texts', () => {
  expect(Object.keys(it)).toEqual(Object.keys(en));
});

test('every text that the code asks for is there, and none lies unused', () => {
  const there = Object.keys(en);
  expect([...used].filter((id) => !there.includes(id))).toEqual([]);
  expect(there.filter((id) => !used.has(id) && !isStage(id) && !isForm(id))).toEqual([]);
});

test('every stage that a job reports has words', () => {
  expect(stages.size).toBeGreaterThan(2);
  const told = Object.keys(en).filter(isStage);
  expect([...stages].filter((stage) => !told.includes(`clv.stage.${stage}`))).toEqual([]);
});

test('every entry of a CRM’s form has words', () => {
  const kinds = BUILT_IN.map(({ kind }) => kind);
  const told = Object.keys(en).filter((id) => isForm(id) && kinds.includes(id.split('.')[3]!));
  expect(forms.filter((id) => !told.includes(id))).toEqual([]);
  expect(told.filter((id) => !forms.includes(id))).toEqual([]);
});

describe.each(Object.entries(LANGUAGES))('the texts in %s', (locale, messages) => {
  const others = LANGUAGES[locale === 'en' ? 'it' : 'en']!;

  test('say the same things about the same values', () => {
    const different = Object.keys(messages).filter(
      (id) => `${placeholders(messages[id]!)}` !== `${placeholders(others[id]!)}`,
    );
    expect(different).toEqual([]);
  });

  test('can be shown for one and for many', () => {
    const problems: unknown[] = [];
    const intl = createIntl({ locale, messages, onError: (error) => problems.push(error) });
    for (const id of Object.keys(messages)) {
      for (const value of [0, 1, 1204]) {
        const values = Object.fromEntries(placeholders(messages[id]!).map((name) => [name, value]));
        const shown = intl.formatMessage({ id }, values);
        expect(shown).not.toMatch(/[{}]|undefined/);
      }
    }
    expect(problems).toEqual([]);
  });

  test('never claim a cause', () => {
    const claims = /\b(drives?|causes|boosts?|leads? to more|provoca|genera|fa aumentare)\b/i;
    expect(Object.values(messages).filter((message) => claims.test(message))).toEqual([]);
  });
});
