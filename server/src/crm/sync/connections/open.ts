import type { Strapi } from '../../../room';
import { knexOf } from '../../../storage/db';
import type { AnyKind } from '../../connectors';
import type { Turn } from '../../http/limiter';
import type { PushSettings } from '../api-types';
import { type Made, makeConnector, type Tokens } from './make-connector';
import type { SealedRow } from './rows';
import { secretsOf } from './trial';
import { vaultOf } from './vault';

/** A connection that is ready to be asked. */
export interface OpenConnection extends Made {
  id: string;
  kind: string;
  /** What the kind is called. */
  title: string;
  name: string;
  idPrefix: string;
  push: PushSettings;
  /** Keeps what the CRM last said of its limits, for the screen. */
  saveBudget(): Promise<void>;
}

function storedTokens(strapi: Strapi, id: string): Tokens {
  const vault = vaultOf(strapi);
  const row = () => knexOf(strapi)('clv_connections').where({ id });
  return {
    async read() {
      const tokens: string | null = (await row().first('tokens'))?.tokens ?? null;
      return tokens === null ? null : vault.open(tokens);
    },
    async write(value) {
      await row().update({ tokens: vault.seal(value) });
    },
  };
}

export async function openConnection(
  strapi: Strapi,
  row: SealedRow,
  kind: AnyKind,
  { signal, limits }: { signal?: AbortSignal; limits?: Map<string, Turn> },
): Promise<OpenConnection> {
  const { id, name, idPrefix, mapping, push } = row;
  const options = { ...row.options, ...secretsOf(strapi, row) };
  const tokens = storedTokens(strapi, id);
  const made = await makeConnector(strapi, { kind, options, mapping, tokens, signal, limits });
  return {
    ...made,
    id,
    kind: row.kind,
    title: kind.title,
    name,
    idPrefix,
    push,
    async saveBudget() {
      const budget = made.connector.budget?.() ?? null;
      if (budget === null) return;
      const columns = { budget: JSON.stringify(budget) };
      await knexOf(strapi)('clv_connections').where({ id }).update(columns);
    },
  };
}
