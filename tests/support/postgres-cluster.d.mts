export interface Cluster {
  createDatabase(): Promise<Record<string, string>>;
  stop(): Promise<void>;
}
export function startCluster(): Promise<Cluster>;
