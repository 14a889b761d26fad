import type { Strapi } from '../../../room';
import type { Account, Mapping } from '../../connector';
import type { AnyKind } from '../../connectors';
import { asking, type Made, makeConnector, passingTokens } from './make-connector';
import { divide, isElsewhere, type Options, withStoredSecrets } from './options';
import type { SealedRow } from './rows';
import { judgeMapping } from './rules';
import { vaultOf } from './vault';

/** A connector of options that are not stored yet. */
export interface Trial {
  made: Made;
  /** @throws ConnectorError when the CRM refuses */
  verify(): Promise<Account>;
  /** What is written when it is stored. */
  columns(): Partial<SealedRow>;
}

/** The stored secrets of a connection. @throws ConnectorError config when they cannot be read */
export function secretsOf(strapi: Strapi, { secrets }: SealedRow): Options {
  return secrets ? JSON.parse(vaultOf(strapi).open(secrets)) : {};
}

/**
 * Tries options before they are stored.
 *
 * @param row the connection that they would change; its secrets stand in for those that were left out
 * @param consent tokens of a consent that was just given
 * @throws ConnectorError config when they cannot work, or there is no key to keep them with
 */
export async function tryOut(
  strapi: Strapi,
  kind: AnyKind,
  wish: { options: Options; mapping: Mapping },
  row: SealedRow | null,
  consent?: string,
): Promise<Trial> {
  const vault = vaultOf(strapi);
  const options = withStoredSecrets(kind, wish.options, {
    plain: row?.options ?? {},
    secrets: row ? secretsOf(strapi, row) : {},
  });
  // Stored tokens without a consent were made of the options alone, and would hide that other options are wrong; those of a
  // consent are for the host that gave them.
  const reusable = kind.oauth && row?.tokens && !isElsewhere(kind, options, row.options);
  const stored = reusable ? vault.open(row.tokens!) : null;
  const tokens = passingTokens(consent ?? stored);
  const made = await makeConnector(strapi, { kind, options, mapping: wish.mapping, tokens });
  judgeMapping(wish.mapping, kind, made.judged);
  const { plain, secrets } = divide(kind, options);
  const sealed = vault.seal(JSON.stringify(secrets));
  return {
    made,
    verify: () => asking(made, (connector) => connector.verify()),
    columns() {
      const last = tokens.last();
      return { options: plain, secrets: sealed, tokens: last === null ? null : vault.seal(last) };
    },
  };
}
