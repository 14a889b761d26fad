// Opens one admin panel after the other, in a process of its own, until told to stop; then tells how long each took.
//   node panels.mjs <url> <admin token> <path> …      answers a message with [{ path, times, status }]
const [url, token, ...paths] = process.argv.slice(2);
const headers = { authorization: `Bearer ${token}` };
const asked = new Map(paths.map((path) => [path, { path, times: [], status: 0 }]));

process.on('message', () => {
  process.send([...asked.values()]);
  process.disconnect();
});
process.on('disconnect', () => process.exit());

for (;;) {
  for (const path of paths) {
    const from = performance.now();
    const answer = await fetch(url + path, { headers });
    await answer.arrayBuffer();
    const panel = asked.get(path);
    panel.times.push(performance.now() - from);
    panel.status = Math.max(panel.status, answer.status);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
