import type { Room } from '../../room';

const recommendations: Room = { name: 'recommendations' };

export default recommendations;
