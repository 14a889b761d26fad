import bootstrap from './bootstrap';
import config from './config';
import destroy from './destroy';
import register from './register';
import { rooms } from './rooms';

export default {
  register,
  bootstrap,
  destroy,
  config,
  services: Object.assign({}, ...rooms.map((room) => room.services)),
  controllers: Object.assign({}, ...rooms.map((room) => room.controllers)),
  routes: {
    admin: () => ({ type: 'admin', routes: rooms.flatMap((room) => room.routes?.admin ?? []) }),
    'content-api': () => ({
      type: 'content-api',
      routes: rooms.flatMap((room) => room.routes?.contentApi ?? []),
    }),
  },
  contentTypes: {},
};

/** For an app that connects a CRM of its own. */
export type {
  Connector,
  ConnectorKind,
  ConnectorTools,
  CrmRow,
  Insight,
  Note,
  Page,
  PulledRecord,
  PushResult,
} from './crm/connector';
