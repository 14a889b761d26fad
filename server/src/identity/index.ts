import { requires } from '../permissions';
import type { Room, Route } from '../room';
import { consentController } from './consent-controller';
import { identityController } from './identity-controller';
import { mergesController } from './merges/merges-controller';
import { type IdentityService, identityService } from './service';

/** Open to all: each verifies by itself what it needs to know. */
const open = (method: Route['method'], path: string, handler: string): Route => ({
  method,
  path,
  handler,
  config: { auth: false },
});
const managed = (method: Route['method'], path: string, action: string): Route => ({
  method,
  path,
  handler: `merges.${action}`,
  config: requires('people.manage'),
});

const identity: Room = {
  name: 'identity',
  services: { identity: identityService },
  controllers: { identity: identityController, consent: consentController, merges: mergesController },
  routes: {
    contentApi: [
      open('POST', '/identify', 'identity.identify'),
      open('GET', '/consent', 'consent.read'),
      open('POST', '/consent', 'consent.write'),
    ],
    admin: [
      managed('GET', '/merges', 'list'),
      managed('POST', '/merges', 'create'),
      managed('POST', '/merges/:id/accept', 'accept'),
      managed('POST', '/merges/:id/dismiss', 'dismiss'),
      managed('POST', '/merges/:id/undo', 'undo'),
    ],
  },
  async bootstrap({ strapi }) {
    const service: IdentityService = strapi.plugin('clv').service('identity');
    await service.open();
  },
};

export default identity;
