// The demo administrator, and the admin API as they use it.

export const LOGIN = { email: 'demo@example.com', password: 'Demo-1234' };

const TIMEOUT = 60_000;

/** Makes the administrator when there is none of that address yet. */
export async function ensureAdministrator(strapi) {
  const users = strapi.service('admin::user');
  if (await users.exists({ email: LOGIN.email })) return;
  const role = await strapi.service('admin::role').getSuperAdmin();
  await users.create({ ...LOGIN, firstname: 'Demo', lastname: 'Editor', isActive: true, roles: [role.id] });
}

/**
 * Logs in.
 *
 * @returns a function that calls a path of the admin API and gives the answer's JSON; throws with the status and the
 *   body when it is no success
 */
export async function adminApi(url) {
  let token = '';
  const call = async (path, { json, ...init } = {}) => {
    const answer = await fetch(url + path, {
      ...init,
      ...(json && { method: 'POST', body: JSON.stringify(json) }),
      headers: {
        ...(token && { authorization: `Bearer ${token}` }),
        ...(json && { 'content-type': 'application/json' }),
      },
      signal: AbortSignal.timeout(TIMEOUT),
    });
    if (!answer.ok) {
      throw new Error(
        `${init.method ?? (json ? 'POST' : 'GET')} ${path}: ${answer.status} ${await answer.text()}`,
      );
    }
    return answer.json();
  };
  token = (await call('/admin/login', { json: LOGIN })).data.token;
  return call;
}

const JOB_MINUTES = 5;

/** Waits for a job to end, telling its progress from 0 to 1; gives its result and throws when it failed. */
export async function finished(api, jobId, onProgress = () => {}) {
  const deadline = Date.now() + JOB_MINUTES * 60_000;
  while (Date.now() < deadline) {
    const job = await api(`/clv/jobs/${jobId}`);
    onProgress(job.progress);
    if (job.status === 'done') return job.result;
    if (job.status === 'failed' || job.status === 'cancelled') {
      throw new Error(`The job "${job.kind}" ${job.status}: ${job.error ?? 'no reason given'}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`The job ${jobId} did not end within ${JOB_MINUTES} minutes.`);
}
