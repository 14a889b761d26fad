import type { Core } from '@strapi/strapi';

const EMAIL = 'admin@example.com';
const PASSWORD = 'Playground-1234';

/**
 * Makes the first administrator (super admin) if there is none yet, and logs in.
 *
 * @returns the token for `Authorization: Bearer …` on admin routes
 */
export async function adminToken(strapi: Core.Strapi, url: string): Promise<string> {
  if (!(await strapi.service('admin::user').exists({ email: EMAIL }))) {
    const role = await strapi.service('admin::role').getSuperAdmin();
    await strapi.service('admin::user').create({
      email: EMAIL,
      firstname: 'Ada',
      lastname: 'Admin',
      password: PASSWORD,
      isActive: true,
      roles: [role.id],
    });
  }
  return login(url, EMAIL);
}

/** An administrator whose only role may do `actions`, such as `plugin::clv.rankings.read`; returns their token. */
export async function editorToken(strapi: Core.Strapi, url: string, actions: string[]): Promise<string> {
  const name = `role-${actions.join('-') || 'nothing'}`;
  const email = `${Buffer.from(name).toString('hex').slice(-40)}@example.com`;
  if (!(await strapi.service('admin::user').exists({ email }))) {
    const role = await strapi.service('admin::role').create({ name, description: '' });
    await strapi.service('admin::role').assignPermissions(
      role.id,
      actions.map((action) => ({ action })),
    );
    await strapi.service('admin::user').create({
      email,
      firstname: 'Edgar',
      lastname: 'Editor',
      password: PASSWORD,
      isActive: true,
      roles: [role.id],
    });
  }
  return login(url, email);
}

async function login(url: string, email: string): Promise<string> {
  const answer = await fetch(`${url}/admin/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password: PASSWORD }),
  });
  if (!answer.ok) throw new Error(`admin login: ${answer.status} ${await answer.text()}`);
  const { data } = (await answer.json()) as { data: { token: string } };
  return data.token;
}

export interface ApiTokenOptions {
  type: 'custom' | 'full-access' | 'read-only';
  /** Of a custom token, such as `plugin::clv.orders.create`. */
  permissions?: string[];
}

let tokens = 0;

/** Makes an API token of the content API; returns the key for `Authorization: Bearer …`. */
export async function apiToken(strapi: Core.Strapi, { type, permissions }: ApiTokenOptions): Promise<string> {
  tokens += 1;
  const token = await strapi.service('admin::api-token').create({
    name: `test-${process.pid}-${Date.now()}-${tokens}`,
    description: '',
    type,
    lifespan: null,
    permissions: type === 'custom' ? (permissions ?? []) : null,
  });
  return token.accessKey;
}
