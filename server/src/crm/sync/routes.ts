import { type Permission, requires } from '../../permissions';
import type { Route } from '../../room';

const route = (method: Route['method'], path: string, handler: string, permission: Permission): Route => ({
  method,
  path: `/crm${path}`,
  handler,
  config: requires(permission),
});
const read = (path: string, handler: string) => route('GET', path, handler, 'crm.read');
const manage = (method: Route['method'], path: string, handler: string) =>
  route(method, path, handler, 'crm.manage');

const ONE = '/connections/:id';
const STREAM = `${ONE}/streams/:stream`;

/** Of the admin's CRM page. */
export const syncRoutes: Route[] = [
  read('/kinds', 'connections.kinds'),
  manage('POST', '/check', 'connections.check'),
  read('/connections', 'connections.find'),
  manage('POST', '/connections', 'connections.create'),
  read(ONE, 'connections.findOne'),
  manage('PUT', ONE, 'connections.update'),
  manage('DELETE', ONE, 'connections.remove'),
  manage('POST', `${ONE}/schema`, 'connections.schema'),
  manage('POST', `${ONE}/authorize`, 'connections.authorize'),
  read(`${ONE}/runs`, 'streams.runs'),
  read(`${ONE}/problems`, 'streams.problems'),
  read(`${ONE}/quality`, 'streams.quality'),
  manage('POST', `${STREAM}/run`, 'streams.run'),
  manage('POST', `${STREAM}/pause`, 'streams.pause'),
  manage('POST', `${STREAM}/resume`, 'streams.resume'),
  manage('POST', `${STREAM}/restart`, 'streams.restart'),
];

/** Where a CRM sends its user back to: whoever comes has a state that only this app can have made. */
export const consentRoute: Route = {
  method: 'GET',
  path: '/crm/oauth',
  handler: 'connections.authorized',
  config: { auth: false },
};
