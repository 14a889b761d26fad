export interface App {
  url: string;
  documentIds: string[];
  /** Keys of the published articles. */
  keys: string[];
  pid: number;
  ended: Promise<unknown>;
  /** Makes an API token that may do everything. */
  ask(action: 'apiToken'): Promise<string>;
  /** Milliseconds of processor time that it used so far. */
  ask(action: 'cpu'): Promise<number>;
  ask(action: 'flush'): Promise<void>;
  /** Bytes of heap that are in use after a garbage collection. */
  ask(action: 'memory'): Promise<number>;
  kill(): Promise<void>;
}
export function bundlePlugin(): Promise<string>;
export function makeApp(): Promise<{
  appDir: string;
  env: Record<string, string>;
  remove(): Promise<void>;
}>;
export function startApp(options: {
  appDir: string;
  pluginPath: string;
  env?: Record<string, string>;
  config?: Record<string, unknown>;
  /** Keeps its log to itself. */
  quiet?: boolean;
}): Promise<App>;
