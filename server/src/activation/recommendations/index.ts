import type { Room } from '../../room';
import { offerParameter, orderCollections } from './collection/middleware';
import { recommendationsController } from './controller';
import { extendGraphql } from './graphql';
import { answerInFront } from './http';
import { type RecommendationsService, recommendationsService } from './service';

let end = () => {};

const recommendations: Room = {
  name: 'recommendations',
  services: { recommendations: recommendationsService },
  controllers: { recommendations: recommendationsController },
  routes: {
    contentApi: [
      { method: 'GET', path: '/me', handler: 'recommendations.me', config: { auth: false } },
      { method: 'GET', path: '/recommendations', handler: 'recommendations.find', config: { auth: false } },
      { method: 'GET', path: '/recommendations/customer', handler: 'recommendations.forCustomer' },
    ],
  },
  register({ strapi }) {
    type Controller = ReturnType<typeof recommendationsController>;
    const controller = () => strapi.plugin('clv').controller('recommendations') as unknown as Controller;
    answerInFront(strapi, {
      me: (ctx) => controller().me(ctx),
      recommendations: (ctx) => controller().find(ctx),
    });
    offerParameter(strapi);
    extendGraphql(strapi);
  },
  async bootstrap({ strapi }) {
    const service: RecommendationsService = strapi.plugin('clv').service('recommendations');
    await service.start();
    end = orderCollections(strapi);
  },
  destroy({ strapi }) {
    end();
    const service: RecommendationsService = strapi.plugin('clv').service('recommendations');
    service.stop();
  },
};

export default recommendations;
