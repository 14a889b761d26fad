// A thread that misbehaves in the way that its `data` names.
const { parentPort, workerData } = require('node:worker_threads');

const acts = {
  messages() {
    for (let n = 0; n < 5; n += 1) parentPort.postMessage({ type: 'message', body: n });
    parentPort.postMessage({ type: 'progress', fraction: 0.5, stage: 'half' });
    parentPort.postMessage({ type: 'done', result: 'all sent' });
  },
  throws() {
    throw new Error('something broke inside');
  },
  exits() {
    process.exit(3);
  },
  'eats memory'() {
    const kept = [];
    for (;;) kept.push(new Array(100_000).fill(Math.random()));
  },
  'never ends'() {
    for (;;);
  },
};
acts[workerData.data]();
