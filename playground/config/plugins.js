const path = require('node:path');

module.exports = ({ env }) => ({
  'users-permissions': { config: { jwtSecret: env('JWT_SECRET', 'playground-jwt-secret') } },
  graphql: {
    enabled: env.bool('GRAPHQL', true),
    config: { defaultLimit: 25, maxLimit: 100, depthLimit: 10 },
  },
  clv: {
    enabled: env.bool('CLV', true),
    resolve: env('CLV_PLUGIN_PATH', path.join(__dirname, '..', '..')),
    config: {
      contentTypes: {
        'api::article.article': {
          kind: 'article',
          title: 'title',
          topic: 'topic',
          groups: { author: 'author' },
        },
        'api::white-paper.white-paper': {
          kind: 'white-paper',
          title: 'title',
          file: 'file',
          topic: 'topic',
          groups: { author: 'author' },
        },
      },
      consent: { mode: 'assumed' },
      identity: { secret: 'playground-identity-secret-0123456789abcdef' },
      // Everything in the demonstration comes from one address.
      tracking: { rateLimit: { perAddress: 1_000_000, eventsPerAddress: 1_000_000 } },
      // Tests change single settings here, as JSON.
      ...JSON.parse(env('CLV_CONFIG', '{}')),
    },
  },
});
