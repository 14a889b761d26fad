import type { Strapi } from './room';
import { rooms } from './rooms';

export default async function register({ strapi }: { strapi: Strapi }): Promise<void> {
  for (const room of rooms) await room.register?.({ strapi });
}
