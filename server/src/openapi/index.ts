import type { Room } from '../room';

const openapi: Room = { name: 'openapi' };

export default openapi;
