import type { Core } from '@strapi/strapi';

const PASSWORD = 'Playground-1234';

let made = 0;

/**
 * Makes an administrator to log in with.
 *
 * @param actions what the only role may do, such as `plugin::clv.rankings.read`; a super administrator without them.
 *   Actions of the Content Manager are for all tracked types.
 */
export async function makeAdministrator(strapi: Core.Strapi, actions?: string[]) {
  made += 1;
  const email = `administrator-${made}@example.com`;
  const role = actions
    ? await makeRole(strapi, actions)
    : await strapi.service('admin::role').getSuperAdmin();
  await strapi.service('admin::user').create({
    email,
    firstname: 'Ada',
    lastname: 'Admin',
    password: PASSWORD,
    isActive: true,
    roles: [role.id],
  });
  return { email, password: PASSWORD };
}

const SUBJECTS = ['api::article.article', 'api::white-paper.white-paper'] as const;

async function makeRole(strapi: Core.Strapi, actions: string[]) {
  const role = await strapi.service('admin::role').create({ name: `role-${made}`, description: '' });
  const permissions = actions.flatMap((action) =>
    action.startsWith('plugin::content-manager.explorer.')
      ? SUBJECTS.map((subject) => ({
          action,
          subject,
          properties: { fields: Object.keys(strapi.contentTypes[subject].attributes), locales: ['en', 'it'] },
        }))
      : [{ action }],
  );
  await strapi.service('admin::role').assignPermissions(role.id, permissions);
  return role;
}
