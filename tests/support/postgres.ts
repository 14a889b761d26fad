import { startCluster } from './postgres-cluster.mjs';

/** A PostgreSQL of its own with one empty database; `env` goes to `startStrapi`. */
export async function startPostgres(): Promise<{ env: Record<string, string>; stop(): Promise<void> }> {
  const cluster = await startCluster();
  return { env: await cluster.createDatabase(), stop: () => cluster.stop() };
}
