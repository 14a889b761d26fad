import type { Room } from '../room';

const identity: Room = { name: 'identity' };

export default identity;
