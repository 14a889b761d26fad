import { type Permission, requires } from '../../permissions';
import type { Room, Route } from '../../room';
import { segmentsController } from './content-controller';
import { segmentsAdminController } from './controller';
import { type SegmentsService, segmentsService } from './service';

const route = (
  method: Route['method'],
  path: string,
  action: string,
  ...permissions: [Permission, ...Permission[]]
): Route => ({
  method,
  path: `/segments${path}`,
  handler: `segmentsAdmin.${action}`,
  config: requires(...permissions),
});

const segments: Room = {
  name: 'segments',
  services: { segments: segmentsService },
  controllers: { segments: segmentsController, segmentsAdmin: segmentsAdminController },
  routes: {
    admin: [
      route('GET', '', 'list', 'activation.read'),
      route('GET', '/options', 'options', 'activation.read'),
      route('GET', '/contents', 'contents', 'activation.read'),
      route('POST', '/count', 'count', 'activation.read'),
      route('POST', '', 'create', 'segments.manage'),
      route('GET', '/:id', 'get', 'activation.read'),
      route('PUT', '/:id', 'update', 'segments.manage'),
      route('DELETE', '/:id', 'remove', 'segments.manage'),
      route('POST', '/:id/renew', 'renew', 'segments.manage'),
      route('GET', '/:id/members', 'members', 'activation.read', 'customers.read'),
      route('GET', '/:id/export.csv', 'exportCsv', 'activation.read', 'customers.read'),
    ],
    contentApi: [
      { method: 'GET', path: '/segments', handler: 'segments.find' },
      { method: 'GET', path: '/segments/:slug/members', handler: 'segments.members' },
    ],
  },
  bootstrap({ strapi }) {
    const service: SegmentsService = strapi.plugin('clv').service('segments');
    service.start();
  },
  async destroy({ strapi }) {
    const service: SegmentsService = strapi.plugin('clv').service('segments');
    await service.stop();
  },
};

export default segments;
