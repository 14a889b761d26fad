import type { Room } from '../../room';
import { type ExperimentsService, experimentsService } from './service';

const experiments: Room = {
  name: 'experiments',
  services: { experiments: experimentsService },
  async bootstrap({ strapi }) {
    const service: ExperimentsService = strapi.plugin('clv').service('experiments');
    await service.start();
  },
  async destroy({ strapi }) {
    const service: ExperimentsService = strapi.plugin('clv').service('experiments');
    await service.stop();
  },
};

export default experiments;
