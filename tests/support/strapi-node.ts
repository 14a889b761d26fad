import { fork } from 'node:child_process';
import path from 'node:path';

const SCRIPT = path.resolve(import.meta.dirname, 'strapi-node.cjs');

export interface StrapiNode {
  url: string;
  /** Ends it as an orderly stop does. */
  stop(): Promise<void>;
  /** Ends it as a crash or a lost machine does. */
  kill(): Promise<void>;
}

/** Another Strapi on the database of `env`, in a process of its own: a second node of the same app. */
export async function startStrapiNode(env: Record<string, string>, config = {}): Promise<StrapiNode> {
  const child = fork(SCRIPT, {
    env: {
      ...process.env,
      STRAPI_TELEMETRY_DISABLED: 'true',
      NODE_ENV: 'test',
      GRAPHQL: 'false',
      CLV_CONFIG: JSON.stringify(config),
      ...env,
    },
    execArgv: [],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const url = await new Promise<string>((resolve, reject) => {
    child.once('message', (message: { url: string }) => resolve(message.url));
    child.once('exit', (code) => reject(new Error(`the second node ended at boot with code ${code}`)));
  });
  return {
    url,
    stop() {
      if (child.connected) child.send('stop');
      return exited;
    },
    kill() {
      child.kill('SIGKILL');
      return exited;
    },
  };
}
