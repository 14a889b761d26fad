import { PERMISSIONS } from './permissions';
import type { Strapi } from './room';
import { rooms } from './rooms';

export default async function bootstrap({ strapi }: { strapi: Strapi }): Promise<void> {
  await strapi.service('admin::permission').actionProvider.registerMany(PERMISSIONS);
  for (const room of rooms) await room.bootstrap?.({ strapi });
}
