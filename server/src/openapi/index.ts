import type { Room } from '../room';
import { openapiController } from './controller';

const path = '/openapi.json';

/** What every route takes and answers, for programs. */
const openapi: Room = {
  name: 'openapi',
  controllers: { openapi: openapiController },
  routes: {
    contentApi: [{ method: 'GET', path, handler: 'openapi.content', config: { auth: false } }],
    admin: [
      {
        method: 'GET',
        path,
        handler: 'openapi.admin',
        config: { policies: ['admin::isAuthenticatedAdmin'] },
      },
    ],
  },
};

export default openapi;
