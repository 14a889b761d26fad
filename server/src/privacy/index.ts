import { configOf } from '../config';
import { requires } from '../permissions';
import type { Room } from '../room';
import { peopleController } from './controller';
import { type PrivacyService, privacyService } from './service';

const NIGHTLY = 'clv.privacy';

const privacy: Room = {
  name: 'privacy',
  services: { privacy: privacyService },
  controllers: { people: peopleController },
  routes: {
    admin: [
      { method: 'POST', path: '/people/export', handler: 'people.export', config: requires('people.manage') },
      { method: 'POST', path: '/people/erase', handler: 'people.erase', config: requires('people.manage') },
    ],
  },
  bootstrap({ strapi }) {
    const service: PrivacyService = strapi.plugin('clv').service('privacy');
    strapi.cron.add({
      [NIGHTLY]: {
        task: () => service.forgetOld(),
        options: { rule: '30 2 * * *', tz: configOf(strapi).value.timezone },
      },
    });
  },
  destroy({ strapi }) {
    strapi.cron.remove(NIGHTLY);
  },
};

export default privacy;
