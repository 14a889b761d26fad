import type { Room } from '../../room';
import { type ChangesService, changesService } from './service';

/** Persons of whom something changed, for segments and triggers. */
const changes: Room = {
  name: 'changes',
  services: { changes: changesService },
  bootstrap({ strapi }) {
    const service: ChangesService = strapi.plugin('clv').service('changes');
    service.start();
  },
  async destroy({ strapi }) {
    const service: ChangesService = strapi.plugin('clv').service('changes');
    await service.stop();
  },
};

export default changes;
