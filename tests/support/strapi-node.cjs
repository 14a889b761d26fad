// A Strapi in a process of its own: tells its parent where it listens, and stops when it is told to.
const path = require('node:path');
const { createStrapi } = require('@strapi/strapi');

const appDir = path.resolve(__dirname, '../../playground');

async function main() {
  const app = createStrapi({ appDir, distDir: appDir, serveAdminPanel: false });
  app.log.level = 'error';
  await app.load();
  // A kind of CRM of the test's own, as an app registers it.
  const { CLV_TEST_KIND } = process.env;
  if (CLV_TEST_KIND) app.plugin('clv').service('connectors').register(require(CLV_TEST_KIND));
  app.server.mount();
  await new Promise((resolve) => app.server.httpServer.listen(0, '127.0.0.1', resolve));
  process.on('message', async () => {
    await app.destroy();
    process.exit(0);
  });
  process.send({ url: `http://127.0.0.1:${app.server.httpServer.address().port}` });
}

void main();
