// Asks a server for pages at a steady pace, in a process of its own, until told to stop; then tells how long answers took.
const [perSecond, ...urls] = process.argv.slice(2);

const times = [];
let failed = 0;
let count = 0;

async function ask() {
  const from = performance.now();
  try {
    const answer = await fetch(urls[count++ % urls.length]);
    await answer.arrayBuffer();
    if (!answer.ok) failed++;
    times.push(performance.now() - from);
  } catch {
    failed++;
  }
}

setInterval(ask, 1000 / Number(perSecond));
process.on('message', () => {
  const sorted = times.splice(0).sort((a, b) => a - b);
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
  process.send({ answers: sorted.length, failed, p50: at(0.5), p99: at(0.99), most: at(1) });
  failed = 0;
});
process.on('disconnect', () => process.exit());
