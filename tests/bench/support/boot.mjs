import { createRequire } from 'node:module';

/** Boots the Strapi of a folder in this process; it listens on a free port of this machine. */
export async function bootStrapi(appDir) {
  const { createStrapi } = createRequire(import.meta.url)('@strapi/strapi');
  const app = createStrapi({ appDir, distDir: appDir, serveAdminPanel: false });
  app.log.level = 'error';
  await app.load();
  app.server.mount();
  await new Promise((resolve) => app.server.httpServer.listen(0, '127.0.0.1', resolve));
  return { app, url: `http://127.0.0.1:${app.server.httpServer.address().port}` };
}
