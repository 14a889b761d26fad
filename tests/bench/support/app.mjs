// A Strapi in a process of its own. Boots the app in the folder that the first argument names, and tells where it listens.
import { bootStrapi } from './boot.mjs';

const [appDir] = process.argv.slice(2);
const { app, url } = await bootStrapi(appDir);

const published = await app.db
  .query('api::article.article')
  .findMany({ where: { publishedAt: { $notNull: true } } });
for (let i = published.length; i < 20; i += 1) {
  published.push(
    await app.documents('api::article.article').create({
      data: { title: `Article ${i}`, slug: `article-${i}`, body: 'All work and no play. '.repeat(100) },
      locale: 'en',
      status: 'published',
    }),
  );
}
await app.plugin('clv')?.service('tracking').flush();

const actions = {
  apiToken: async () => {
    const token = { name: 'test', description: '', type: 'full-access', lifespan: null, permissions: null };
    return (await app.service('admin::api-token').create(token)).accessKey;
  },
  cpu: () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1000;
  },
  flush: () => app.plugin('clv').service('tracking').flush(),
  rank: async () => {
    const jobs = app.plugin('clv').service('jobs');
    const { id } = await jobs.start('rank', {}, { startedBy: 'bench', activeKey: 'rank' });
    await jobs.ended(id);
    await app.plugin('clv').service('recommendations').settle();
    return (await jobs.get(id)).error;
  },
  memory: () => {
    globalThis.gc?.();
    return process.memoryUsage().heapUsed;
  },
};
process.on('message', async ({ id, action }) => {
  process.send({ id, answer: await actions[action]() });
});
process.on('disconnect', () => process.exit());
process.send({
  url,
  documentIds: published.map(({ documentId }) => documentId),
});
