import type { Strapi } from './room';
import { rooms } from './rooms';

export default async function destroy({ strapi }: { strapi: Strapi }): Promise<void> {
  for (const room of [...rooms].reverse()) await room.destroy?.({ strapi });
}
