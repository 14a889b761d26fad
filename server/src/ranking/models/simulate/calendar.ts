export const SECOND = 1000;
export const HOUR = 3600 * SECOND;
export const DAY = 24 * HOUR;

/** When the first customer may come. */
export const START = Date.UTC(2024, 0, 1);
/** No order and no touch comes later. */
export const END = START + 730 * DAY;
