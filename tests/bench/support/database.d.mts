import type { Knex } from 'knex';
export function connectTo(env: Record<string, string>): Knex;
