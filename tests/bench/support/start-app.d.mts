export interface App {
  url: string;
  documentIds: string[];
  /** Keys of the published articles. */
  keys: string[];
  pid: number;
  ended: Promise<unknown>;
  ask(action: 'flush'): Promise<void>;
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
}): Promise<App>;
