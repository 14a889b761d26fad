import type { Room } from '../room';

const settings: Room = { name: 'settings' };

export default settings;
