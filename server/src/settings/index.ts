import { requires } from '../permissions';
import type { Room, Route } from '../room';
import { settingsController } from './controller';
import { type SettingsService, settingsService } from './service';

const route = (method: Route['method'], path: string, action: string): Route => ({
  method,
  path: `/settings${path}`,
  handler: `settings.${action}`,
  config: requires('settings.manage'),
});

const settings: Room = {
  name: 'settings',
  services: { settings: settingsService },
  controllers: { settings: settingsController },
  routes: {
    admin: [
      route('GET', '', 'find'),
      route('PUT', '', 'save'),
      route('POST', '/preview', 'preview'),
      route('DELETE', '/:path', 'remove'),
    ],
  },
  async bootstrap({ strapi }) {
    await (strapi.plugin('clv').service('settings') as SettingsService).open();
  },
  destroy({ strapi }) {
    (strapi.plugin('clv').service('settings') as SettingsService).close();
  },
};

export default settings;
