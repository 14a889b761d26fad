import type { Knex } from 'knex';
import type { ClvConfig } from '../../config';
import { counted, type Finding, noted, ok, problem } from './finding';

/** What is configured, and how many items of each tracked type are known. */
export async function examineSettings(knex: Knex, config: ClvConfig): Promise<Finding[]> {
  const { value, consent, identity } = config;
  const findings = [ok('reports', `in ${value.currency}, days of ${value.timezone}`)];
  findings.push(
    ok('consent', `${consent.mode}; ${consent.respectGpc ? 'GPC is honoured' : 'GPC is ignored'}`),
  );
  if (!identity.secret) {
    findings.push(
      noted(
        'identify',
        'signed tokens are not accepted: only logins and API tokens identify',
        'set clv.config.identity.secret if your site signs tokens (make one with: openssl rand -base64 48)',
      ),
    );
  }
  const types = Object.entries(config.contentTypes);
  if (types.length === 0) {
    findings.push(
      problem(
        'content',
        'no content type is tracked',
        'name them under clv.config.contentTypes in config/plugins',
      ),
    );
  }
  for (const [uid, { kind }] of types) {
    const items = await countOf(knex('clv_contents').where({ uid }).whereNull('deleted_at'));
    findings.push(
      items > 0
        ? ok('content', `${uid} as ${kind}: ${counted(items, 'item')}`)
        : noted('content', `${uid} as ${kind}: no item yet`, 'publish an entry'),
    );
  }
  return findings;
}

/** Rows of a question. */
export async function countOf(question: Knex.QueryBuilder): Promise<number> {
  const [row] = await question.count({ n: '*' });
  return Number(row.n);
}
