// Fills tables of the app's database as fast as it takes them: by its own driver, thousands of rows at once.
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/** Rows of one statement (PostgreSQL) or transaction (SQLite). */
const CHUNK = 20_000;

/**
 * @param env the app's environment: DATABASE_*
 * @returns `writer(table, types)` to add rows to a table, `pluck(sql)` for the one column of a question, `reindexed(table, work)` to fill it without its indexes,
 *   which are made anew after, `settle()` for when much was written, and `close()`
 */
export function openBulk(env) {
  return env.DATABASE_CLIENT === 'postgres' ? postgres(env) : sqlite(env);
}

function writers(insert) {
  return (table, types) => {
    let rows = [];
    const flush = async () => {
      const written = rows;
      rows = [];
      if (written.length > 0) await insert(table, types, written);
    };
    return { flush, add: (...row) => (rows.push(row) === CHUNK ? flush() : undefined) };
  };
}

function reindexing(indexesOf, run) {
  return async (table, work) => {
    const indexes = await indexesOf(table);
    for (const { name } of indexes) await run(`DROP INDEX "${name}"`);
    await work();
    for (const { sql } of indexes) await run(sql);
  };
}

function sqlite({ DATABASE_FILENAME }) {
  const db = require('better-sqlite3')(DATABASE_FILENAME);
  db.pragma('synchronous = OFF');
  const insert = (table, types, rows) => {
    const columns = Object.keys(types);
    const marks = columns.map(() => '?').join(', ');
    const statement = db.prepare(`INSERT INTO ${table} (${columns.join(', ')}) VALUES (${marks})`);
    db.transaction(() => {
      for (const row of rows) statement.run(row);
    })();
  };
  const indexesOf = (table) =>
    db
      .prepare(
        `SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name = ?`,
      )
      .all(table);
  return {
    writer: writers(insert),
    pluck: (sql) => db.prepare(sql).pluck().all(),
    reindexed: reindexing(indexesOf, (sql) => db.exec(sql)),
    settle() {
      // Else the server's first commit would have to carry all of it into the database file.
      db.pragma('wal_checkpoint(TRUNCATE)');
    },
    close: () => db.close(),
  };
}

function postgres(env) {
  const { Pool } = require('pg');
  const pool = new Pool({
    host: env.DATABASE_HOST,
    port: Number(env.DATABASE_PORT),
    database: env.DATABASE_NAME,
    user: env.DATABASE_USERNAME,
    password: env.DATABASE_PASSWORD,
    max: 1,
  });
  const insert = (table, types, rows) => {
    const columns = Object.keys(types);
    const arrays = columns.map((_, i) => rows.map((row) => row[i]));
    const given = columns.map((name, i) => `$${i + 1}::${types[name]}[]`).join(', ');
    return pool.query(`INSERT INTO ${table} (${columns.join(', ')}) SELECT * FROM unnest(${given})`, arrays);
  };
  const indexesOf = async (table) => {
    const sql = `SELECT indexname AS name, indexdef AS sql FROM pg_indexes
      WHERE tablename = $1 AND indexname NOT LIKE '%_pkey'`;
    return (await pool.query(sql, [table])).rows;
  };
  return {
    writer: writers(insert),
    pluck: async (sql) => (await pool.query({ text: sql, rowMode: 'array' })).rows.map(([value]) => value),
    reindexed: reindexing(indexesOf, (sql) => pool.query(sql)),
    async settle() {
      // What autovacuum does by itself within minutes.
      await pool.query('VACUUM ANALYZE');
      await pool.query('CHECKPOINT');
    },
    close: () => pool.end(),
  };
}
