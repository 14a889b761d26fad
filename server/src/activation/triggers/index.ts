import type { Room } from '../../room';

const triggers: Room = { name: 'triggers' };

export default triggers;
