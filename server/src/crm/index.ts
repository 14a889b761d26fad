import type { Room } from '../room';

const crm: Room = { name: 'crm' };

export default crm;
