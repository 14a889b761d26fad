import type { Room } from '../../room';
import { startController } from './controller';

/** The controller looks at each right by itself: one role sees more parts of an answer than another. */
const config = { policies: ['admin::isAuthenticatedAdmin'] };

/** How far somebody is on the way from nothing to a ranking, and the news for Strapi's home page. */
const start: Room = {
  name: 'start',
  controllers: { start: startController },
  routes: {
    admin: [
      { method: 'GET', path: '/start', handler: 'start.checklist', config },
      { method: 'GET', path: '/widget', handler: 'start.widget', config },
    ],
  },
};

export default start;
