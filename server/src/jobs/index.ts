import type { Room } from '../room';

const jobs: Room = { name: 'jobs' };

export default jobs;
