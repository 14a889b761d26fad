import type { Room } from '../room';
import { knexOf } from './db';
import { migrate } from './migrate';
import { enableWriteAheadLog } from './wal';

const storage: Room = {
  name: 'storage',
  async bootstrap({ strapi }) {
    await enableWriteAheadLog(strapi);
    const applied = await migrate(knexOf(strapi));
    if (applied.length > 0) strapi.log.info(`[clv] database ready (${applied.join(', ')})`);
  },
};

export default storage;
