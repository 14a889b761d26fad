import changes from './activation/changes';
import experiments from './activation/experiments';
import recommendations from './activation/recommendations';
import segments from './activation/segments';
import start from './activation/start';
import triggers from './activation/triggers';
import clv from './clv';
import crm from './crm';
import push from './crm/sync/push';
import identity from './identity';
import jobs from './jobs';
import openapi from './openapi';
import privacy from './privacy';
import ranking from './ranking';
import type { Room } from './room';
import settings from './settings';
import storage from './storage';
import tracking from './tracking';

/** In the order of boot: a room may use those before it, never those after it. */
export const rooms: Room[] = [
  storage,
  settings,
  jobs,
  identity,
  tracking,
  crm,
  clv,
  push,
  ranking,
  changes,
  segments,
  experiments,
  recommendations,
  triggers,
  privacy,
  start,
  openapi,
];
