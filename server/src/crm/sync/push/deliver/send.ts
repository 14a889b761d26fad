import type { PushResult } from '../../../connector';
import type { InsightFieldInfo } from '../../../insight-fields';
import type { OpenConnection } from '../../connections/open';
import { valuesIn } from '../describe/payload';
import { connectorErrorOf } from './connector-error-of';
import type { Letter, LetterKind } from './letters';
import type { Outcome } from './settle';

/**
 * Sends a batch.
 *
 * @param fields those that the CRM has
 * @returns what became of each, in the order of the letters
 * @throws what the connector throws when none of it was done
 */
export async function send(
  { connector, idPrefix, redact }: OpenConnection,
  kind: LetterKind,
  letters: Letter[],
  fields: readonly InsightFieldInfo[],
): Promise<Outcome[]> {
  const idOf = ({ customerId }: Letter) => customerId.slice(idPrefix.length);
  const results =
    kind === 'values'
      ? await connector.pushInsights(
          letters.map((letter) => ({ customerId: idOf(letter), values: valuesIn(letter.payload, fields) })),
        )
      : await connector.pushNotes!(
          letters.map((letter) => ({
            customerId: idOf(letter),
            key: letter.noteKey,
            ...JSON.parse(letter.payload!),
          })),
        );
  if (results.length !== letters.length) {
    throw new Error(
      `The connector "${connector.name}" told of ${results.length} records of ${letters.length} that were sent.`,
    );
  }
  return results.map((result: PushResult): Outcome => {
    if (result.ok) return 'ok';
    return result.gone ? 'gone' : redact(connectorErrorOf(result.error));
  });
}
