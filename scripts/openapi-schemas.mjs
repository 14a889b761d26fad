import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { createGenerator } from 'ts-json-schema-generator';

const ROOT = path.resolve(import.meta.dirname, '..');
const FILE = path.join(ROOT, 'server/src/openapi/schemas.json');
const PREFIX = '#/definitions/';

/** References as an OpenAPI document has them. */
const refersTo = (_, value) =>
  typeof value === 'string' && value.startsWith(PREFIX)
    ? `#/components/schemas/${decodeURIComponent(value.slice(PREFIX.length))}`
    : value;

/** The JSON schemas of all that routes answer: by route, and the types that these refer to by name. */
export function answerSchemas() {
  const schema = createGenerator({
    path: path.join(ROOT, 'server/src/openapi/answers.ts'),
    tsconfig: path.join(ROOT, 'tsconfig.json'),
    type: 'Answers',
    expose: 'export',
    topRef: false,
    jsDoc: 'basic',
    skipTypeCheck: true,
    encodeRefs: false,
  }).createSchema('Answers');
  const { definitions, properties } = JSON.parse(JSON.stringify(schema, refersTo));
  return { answers: properties, types: definitions };
}

/** One line for each type, so that a change shows as one. */
export function asText({ answers, types }) {
  const lines = (entries) =>
    Object.entries(entries)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, schema]) => `${JSON.stringify(name)}: ${JSON.stringify(schema)}`)
      .join(',\n');
  return `{\n"answers": {\n${lines(answers)}\n},\n"types": {\n${lines(types)}\n}\n}\n`;
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  writeFileSync(FILE, asText(answerSchemas()));
  console.log(`${path.relative(ROOT, FILE)} is up to date`);
}
