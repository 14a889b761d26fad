import { configOf } from '../../config';
import type { Strapi } from '../../room';
import { knexOf } from '../../storage/db';
import type { OrderAttribution } from './api-types';
import { orderCredits } from './order-credits';
import { attributionSettings } from './settings';

export type AttributionService = ReturnType<typeof attributionService>;

export function attributionService({ strapi }: { strapi: Strapi }) {
  return {
    /** How one order is credited, and to what; null when there is no such paid order, or it is a refund. */
    orderCredits(orderId: string): Promise<OrderAttribution | null> {
      const config = configOf(strapi);
      return orderCredits(knexOf(strapi), orderId, { ...attributionSettings(config), ...config.value });
    },
  };
}
