import type { Room } from '../../room';

const segments: Room = { name: 'segments' };

export default segments;
