import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { answerSchemas, asText } from '../../../scripts/openapi-schemas.mjs';

test('the schemas of what routes answer are those of the types', () => {
  const kept = readFileSync(
    path.resolve(import.meta.dirname, '../../../server/src/openapi/schemas.json'),
    'utf8',
  );
  // When this fails: npm run openapi
  expect(kept).toBe(asText(answerSchemas()));
});
