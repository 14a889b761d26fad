// Fills clv_touches by SQL with rows like those that the load makes, up to a number of rows.

const CHUNK = 100_000;
/** Time-ordered ids, as UUIDv7 are. */
const FIRST_MS = Date.UTC(2026, 0, 1);

const SQLITE = `
  WITH RECURSIVE seq(n) AS (SELECT ? UNION ALL SELECT n + 1 FROM seq WHERE n + 1 < ?)
  INSERT INTO clv_touches (message_id, visitor_key, content_id, kind, occurred_at, received_at, seconds, depth, channel, source)
  SELECT printf('%012x-7000-8000-%012x', ${FIRST_MS} + n, abs(random()) % 281474976710656),
    'visitor-of-bench-' || printf('%06d', abs(random()) % 50000), 1 + abs(random()) % 20, 'view',
    ${FIRST_MS} + n, ${FIRST_MS} + n, 0, 0, 'newsletter', 'tracker'
  FROM seq`;

const POSTGRES = `
  INSERT INTO clv_touches (message_id, visitor_key, content_id, kind, occurred_at, received_at, seconds, depth, channel, source)
  SELECT lpad(to_hex(${FIRST_MS} + n), 12, '0') || '-7000-8000-' || lpad(to_hex(floor(random() * 281474976710655)::bigint), 12, '0'),
    'visitor-of-bench-' || lpad(floor(random() * 50000)::int::text, 6, '0'), 1 + floor(random() * 20)::int, 'view',
    ${FIRST_MS} + n, ${FIRST_MS} + n, 0, 0, 'newsletter', 'tracker'
  FROM generate_series(?::bigint, ?::bigint - 1) AS n`;

export async function countTouches(knex) {
  const [{ n }] = await knex('clv_touches').count({ n: '*' });
  return Number(n);
}

/** Adds rows until there are `target` of them; the app must not run meanwhile on SQLite. */
export async function prefill(knex, target) {
  const sqlite = knex.client.config.client === 'better-sqlite3';
  const first = await countTouches(knex);
  for (let from = first; from < target; from += CHUNK)
    await knex.raw(sqlite ? SQLITE : POSTGRES, [from, Math.min(from + CHUNK, target)]);
  await knex.raw(sqlite ? 'PRAGMA wal_checkpoint(TRUNCATE)' : 'CHECKPOINT');
}
