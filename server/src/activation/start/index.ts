import type { Room } from '../../room';

const start: Room = { name: 'start' };

export default start;
