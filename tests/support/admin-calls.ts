import { setTimeout as sleep } from 'node:timers/promises';
import type { Job } from '../../server/src/jobs/api-types';

interface Node {
  url: string;
}

/** Asks the admin routes of several nodes as one administrator. @param token of a login, once there is one */
export function adminCalls(token: () => string) {
  async function call(node: Node, path: string, method = 'GET', body?: unknown) {
    const answer = await fetch(`${node.url}/clv${path}`, {
      method,
      headers: { authorization: `Bearer ${token()}`, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return { status: answer.status, body: await answer.json() };
  }

  /** The job, once it is as wished. */
  async function jobWhen(node: Node, id: string, wished: (job: Job) => boolean): Promise<Job> {
    for (;;) {
      const { body } = await call(node, `/jobs/${id}`);
      if (wished(body)) return body;
      await sleep(20);
    }
  }
  return { call, jobWhen };
}

export const over = (job: Job) => job.finishedAt !== null;
