import { type Permission, requires } from '../../permissions';
import type { Route } from '../../room';

const route = (
  method: Route['method'],
  path: string,
  handler: string,
  ...permissions: [Permission, ...Permission[]]
): Route => ({ method, path, handler, config: requires(...permissions) });

const manage = (method: Route['method'], path: string, handler: string) =>
  route(method, path, handler, 'triggers.manage');

export const triggerRoutes: Route[] = [
  route('GET', '/triggers', 'triggers.find', 'activation.read'),
  manage('POST', '/triggers', 'triggers.create'),
  manage('POST', '/triggers/preview', 'triggers.preview'),
  // Its rows are single persons.
  route('GET', '/triggers/log', 'triggers.log', 'activation.read', 'customers.read'),
  manage('POST', '/triggers/deliveries/retry', 'triggers.retry'),
  manage('POST', '/triggers/deliveries/drop', 'triggers.drop'),
  manage('PUT', '/triggers/:id', 'triggers.update'),
  manage('DELETE', '/triggers/:id', 'triggers.remove'),
  manage('POST', '/endpoints', 'endpoints.create'),
  manage('PUT', '/endpoints/:id', 'endpoints.update'),
  manage('DELETE', '/endpoints/:id', 'endpoints.remove'),
  manage('POST', '/endpoints/:id/secret', 'endpoints.secret'),
  manage('POST', '/endpoints/:id/test', 'endpoints.test'),
];
