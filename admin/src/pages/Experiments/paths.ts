import { PLUGIN_ID } from '../../plugin';

export const LIST = `/plugins/${PLUGIN_ID}/experiments`;

export const experimentPath = (id: string) => `${LIST}/${encodeURIComponent(id)}`;
