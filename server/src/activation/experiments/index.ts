import type { Room } from '../../room';

const experiments: Room = { name: 'experiments' };

export default experiments;
