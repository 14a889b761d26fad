import type { Room } from '../room';

const ranking: Room = { name: 'ranking' };

export default ranking;
