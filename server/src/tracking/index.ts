import type { Room } from '../room';

const tracking: Room = { name: 'tracking' };

export default tracking;
