import { isDeepStrictEqual } from 'node:util';
import { uuidv7 } from 'uuidv7';
import type { Strapi } from '../../../room';
import { knexOf } from '../../../storage/db';
import { type Account, type Connector, STREAMS } from '../../connector';
import { ConnectorError } from '../../connector-error';
import type { Turn } from '../../http/limiter';
import { webhookPath } from '../../webhooks/address';
import type { CheckResult, ConnectionDetail, ConnectionSummary, StreamName } from '../api-types';
import { addressOf } from './addresses';
import { issueState, redeemState, redirectUrlOf } from './consent';
import { capabilitiesBy, summarise } from './describe';
import type { CheckInput, ConnectionChange, NewConnection } from './input';
import { asking } from './make-connector';
import { type OpenConnection, openConnection } from './open';
import type { ConnectorsService } from './registry';
import { type ConnectionRow, listRows, type SealedRow, sealedRow, withoutSecrets } from './rows';
import { judgeMapping, judgePrefix } from './rules';
import { deleteConnection, insertConnection, updateConnection } from './store';
import { secretsOf, tryOut } from './trial';

export type { OpenConnection } from './open';

/** What Strapi's event hub tells as `clv.crm.changed` when somebody changed a connection. */
export interface ConnectionChanged {
  connectionId: string;
  mapping: boolean;
  push: boolean;
}

/** Of a connection that waits for its user's consent. */
const NOBODY_YET: Account = { id: '', name: '' };

/** What a change writes; the streams where the connector was made anew. */
interface Change {
  columns: Partial<SealedRow>;
  streams?: StreamName[];
}

function streamsOf({ capabilities: { pull, push } }: Connector): StreamName[] {
  return push ? [...pull, 'push'] : [...pull];
}

/** @throws ConnectorError config when the credentials are of another account than the connection was made for */
function sameAccount({ account: before }: ConnectionRow, account: Account): Account {
  if (before.id === NOBODY_YET.id || before.id === account.id) return account;
  throw new ConnectorError(
    'config',
    `These credentials belong to the account "${account.name}", but this connection is to "${before.name}". Make a connection of its own for the other account.`,
  );
}

export type ConnectionsService = ReturnType<typeof connectionsService>;

/** Which CRMs are connected, and how they are reached. Secrets go in and never come out. */
export function connectionsService({ strapi }: { strapi: Strapi }) {
  const knex = () => knexOf(strapi);
  const connectors = (): ConnectorsService => strapi.plugin('clv').service('connectors');
  const titleOf = (kind: string) => connectors().find(kind)?.title ?? kind;
  /** Of each connection on this node: its streams share the CRM's patience. */
  const limits = new Map<string, Map<string, Turn>>();

  async function stored(id: string): Promise<SealedRow> {
    const row = await sealedRow(knex(), id);
    if (row) return row;
    throw new ConnectorError('config', `There is no connection ${id}; it may have been removed.`);
  }

  async function open(id: string, { signal }: { signal?: AbortSignal } = {}): Promise<OpenConnection> {
    const row = await stored(id);
    const shared = limits.get(id) ?? new Map<string, Turn>();
    limits.set(id, shared);
    return openConnection(strapi, row, connectors().get(row.kind), { signal, limits: shared });
  }

  async function detail(id: string): Promise<ConnectionDetail> {
    const row = await stored(id);
    const [summary] = await summarise(knex(), [withoutSecrets(row)], titleOf);
    let capabilities = capabilitiesBy(summary!.streams);
    let secretsSet: string[] = [];
    try {
      secretsSet = Object.keys(secretsOf(strapi, row));
      capabilities = (await open(id)).connector.capabilities;
    } catch (error) {
      // Without its key or its kind it must still be seen, to be mended or removed.
      if (!(error instanceof ConnectorError)) throw error;
    }
    return {
      ...summary!,
      options: row.options,
      secretsSet,
      mapping: row.mapping,
      push: row.push,
      capabilities,
      webhookUrl: capabilities.webhooks ? addressOf(strapi, webhookPath(id)) : null,
      createdAt: row.createdAt,
      updatedAt: row.updatedAt,
    };
  }

  /** What a change writes, once the CRM agreed to it where it must. */
  async function changed(row: SealedRow, input: ConnectionChange): Promise<Change> {
    const { name, idPrefix, options, mapping, push, enabled } = input;
    if (idPrefix !== undefined) await judgePrefix(knex(), idPrefix, row.id);
    const columns = { name, idPrefix, mapping, push, enabled, updatedAt: Date.now() };
    const kind = connectors().get(row.kind);
    if (options) {
      const trial = await tryOut(strapi, kind, { options, mapping: mapping ?? row.mapping }, row);
      const account = sameAccount(row, await trial.verify());
      return {
        columns: { ...columns, ...trial.columns(), account },
        streams: streamsOf(trial.made.connector),
      };
    }
    if (mapping) judgeMapping(mapping, kind, (await open(row.id)).judged);
    return { columns };
  }

  return {
    /** In the order in which they were made; no secrets. */
    list: (): Promise<ConnectionRow[]> => listRows(knex()),

    summaries: async (): Promise<ConnectionSummary[]> => summarise(knex(), await listRows(knex()), titleOf),

    async get(id: string): Promise<ConnectionRow | null> {
      const row = await sealedRow(knex(), id);
      return row && withoutSecrets(row);
    },

    /** @throws ConnectorError config when there is none */
    detail,

    /**
     * Makes the connector of a connection.
     *
     * @param signal ends what is under way
     * @throws ConnectorError config when the connection, its kind or the key of its secrets is gone
     */
    open,

    /** Asks the CRM without storing anything. @throws ConnectorError when it refuses */
    async check({ kind: name, options, connectionId }: CheckInput): Promise<CheckResult> {
      const kind = connectors().get(name);
      const row = connectionId ? await stored(connectionId) : null;
      const { made, verify } = await tryOut(strapi, kind, { options, mapping: {} }, row);
      return {
        account: await verify(),
        capabilities: made.connector.capabilities,
        fields: await asking(made, (connector) => connector.fields()),
        columns: kind.columns(made.judged),
      };
    },

    /**
     * Asks the CRM first, then stores; only a connection that waits for its user's consent (`enabled: false`, OAuth) is
     * stored before the CRM knows it.
     *
     * @throws ConnectorError when the CRM refuses, WrongEntry when an entry is wrong
     */
    async create(input: NewConnection): Promise<ConnectionDetail> {
      const { name, idPrefix, mapping, push, enabled = true, everyMinutes } = input;
      await judgePrefix(knex(), idPrefix);
      const kind = connectors().get(input.kind);
      const trial = await tryOut(strapi, kind, input, null);
      const account = await trial.verify().catch((error) => {
        const waits = kind.oauth !== undefined && !enabled && (error as ConnectorError).kind === 'auth';
        if (!waits) throw error;
        return NOBODY_YET;
      });
      const id = uuidv7();
      const now = Date.now();
      const row = { id, kind: kind.kind, name, idPrefix, mapping, push, enabled, account };
      const streams = streamsOf(trial.made.connector);
      const columns = { ...row, ...trial.columns(), createdAt: now, updatedAt: now };
      await insertConnection(knex(), columns, streams, everyMinutes);
      return detail(id);
    },

    /**
     * The same for a change. Where the mapping of a stream is another one, or it is read otherwise, all of it is pulled again.
     *
     * @throws ConnectorError also when the options are of another account
     */
    async change(id: string, input: ConnectionChange): Promise<ConnectionDetail> {
      const row = await stored(id);
      const { columns, streams } = await changed(row, input);
      const { mapping, push, everyMinutes } = input;
      const { reads } = connectors().get(row.kind);
      const [before, after] = [row.options, columns.options ?? row.options].map(
        (given) => reads?.(given) ?? {},
      );
      const remapped = STREAMS.filter(
        (stream) =>
          (mapping && !isDeepStrictEqual(mapping[stream] ?? {}, row.mapping[stream] ?? {})) ||
          !isDeepStrictEqual(before![stream], after![stream]),
      );
      await updateConnection(knex(), id, columns, { again: remapped, streams, everyMinutes });
      const change: ConnectionChanged = {
        connectionId: id,
        mapping: remapped.length > 0,
        push: push !== undefined && !isDeepStrictEqual(push, row.push),
      };
      strapi.eventHub.emit('clv.crm.changed', change);
      return detail(id);
    },

    /**
     * Where the CRM asks its user to allow the connection.
     *
     * @throws ConnectorError config when its kind, or its way of signing in, has no such thing
     */
    async authorizeUrl(id: string): Promise<string> {
      const row = await stored(id);
      const { oauth, title } = connectors().get(row.kind);
      const { judged } = await open(id);
      if (!oauth) throw new ConnectorError('config', `${title} is connected by its credentials alone.`);
      return oauth.authorizeUrl(judged, redirectUrlOf(strapi), await issueState(strapi, id));
    },

    /**
     * Takes the code that the CRM gave its user, and keeps what it is exchanged for.
     *
     * @returns the connection's id
     * @throws ConnectorError when the state is not good, the CRM refuses, or it is another account than before
     */
    async authorize(state: string, code: string): Promise<string> {
      const id = await redeemState(strapi, state);
      const row = await stored(id);
      const kind = connectors().get(row.kind);
      const { judged, http } = await open(id);
      const tokens = await kind.oauth!.exchange(judged, http, code, redirectUrlOf(strapi));
      const trial = await tryOut(strapi, kind, row, row, tokens);
      const account = sameAccount(row, await trial.verify());
      await updateConnection(knex(), id, { ...trial.columns(), account, updatedAt: Date.now() });
      return id;
    },

    /** Forgets a connection. Customers and orders that came by it stay. */
    async remove(id: string): Promise<void> {
      await deleteConnection(knex(), id);
      limits.delete(id);
    },
  };
}
