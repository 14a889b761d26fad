import type { Context } from './tracking/http';

const action = (uid: string, displayName: string, subCategory: string) => ({
  section: 'plugins',
  displayName,
  uid,
  subCategory,
  pluginName: 'clv',
});

/** What an administrator's role may be allowed to do; ids become `plugin::clv.<uid>`. */
export const PERMISSIONS = [
  action('rankings.read', 'Read rankings', 'rankings'),
  action('rankings.run', 'Start and cancel runs', 'rankings'),
  action('value.read', 'See values, models and what-if', 'value'),
  action('value.run', 'Fit the models', 'value'),
  action('customers.read', 'See single customers', 'value'),
  action('data.import', 'Import customers and orders', 'data'),
  action('crm.read', 'See connections to CRMs, and how they fare', 'crm'),
  action('crm.manage', 'Connect CRMs, start and pause their runs', 'crm'),
  action('activation.read', 'See segments, triggers and experiments', 'activation'),
  action('segments.manage', 'Make and change segments', 'activation'),
  action('triggers.manage', 'Make and change triggers and webhooks', 'activation'),
  action('experiments.manage', 'Make, start and stop experiments', 'activation'),
  action('people.manage', 'Merge people, export and erase personal data', 'data'),
  action('settings.manage', 'See and change settings', 'settings'),
];

export type Permission =
  | 'rankings.read'
  | 'rankings.run'
  | 'value.read'
  | 'value.run'
  | 'customers.read'
  | 'data.import'
  | 'crm.read'
  | 'crm.manage'
  | 'activation.read'
  | 'segments.manage'
  | 'triggers.manage'
  | 'experiments.manage'
  | 'people.manage'
  | 'settings.manage';

/** The `config` of an admin route that only roles with this permission, or with all of these, may call. */
export function requires(...permissions: [Permission, ...Permission[]]) {
  return {
    policies: [
      'admin::isAuthenticatedAdmin',
      {
        name: 'admin::hasPermissions',
        config: { actions: permissions.map((permission) => `plugin::clv.${permission}`) },
      },
    ],
  };
}

/** Whether the administrator who sends a request has a permission. */
export const may = (ctx: Context, permission: Permission): boolean =>
  ctx.state.userAbility.can(`plugin::clv.${permission}`);
