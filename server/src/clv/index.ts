import type { Room } from '../room';

const clv: Room = { name: 'clv' };

export default clv;
