import { requires } from '../permissions';
import type { Room } from '../room';
import { valuesController } from './controller';

const clv: Room = {
  name: 'clv',
  controllers: { values: valuesController },
  routes: {
    admin: [
      {
        method: 'GET',
        path: '/people/values',
        handler: 'values.find',
        config: requires('people.manage'),
      },
    ],
  },
};

export default clv;
