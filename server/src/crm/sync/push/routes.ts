import { type Permission, requires } from '../../../permissions';
import type { Route } from '../../../room';

const route = (method: Route['method'], path: string, action: string, permission: Permission): Route => ({
  method,
  path: `/crm/connections/:id/dead${path}`,
  handler: `crmDead.${action}`,
  config: requires(permission),
});

export const pushRoutes: Route[] = [
  route('GET', '', 'list', 'crm.read'),
  route('POST', '/replay', 'replay', 'crm.manage'),
  route('POST', '/drop', 'drop', 'crm.manage'),
];
