import type { Room } from '../room';

const privacy: Room = { name: 'privacy' };

export default privacy;
