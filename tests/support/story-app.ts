import { readFileSync } from 'node:fs';
import path from 'node:path';

const { devDependencies } = JSON.parse(
  readFileSync(path.resolve(import.meta.dirname, '../../package.json'), 'utf8'),
) as { devDependencies: Record<string, string> };
/** What the generator of Strapi puts into a new app; in the versions that this project has installed already. */
const packages = [
  '@strapi/plugin-users-permissions',
  '@strapi/strapi',
  'better-sqlite3',
  'react',
  'react-dom',
  'react-router-dom',
  'styled-components',
];

const uid = 'api::story.story';
const secret = 'a-secret-of-the-new-app-0123456789abcdef';

const schema = {
  kind: 'collectionType',
  collectionName: 'stories',
  info: { singularName: 'story', pluralName: 'stories', displayName: 'Story' },
  options: { draftAndPublish: true },
  pluginOptions: { i18n: { localized: true } },
  attributes: {
    headline: { type: 'string', required: true, pluginOptions: { i18n: { localized: true } } },
    handout: { type: 'media', multiple: false, allowedTypes: ['files'] },
  },
};

const config = {
  'server.js': `module.exports = ({ env }) => ({
  host: env('HOST', '127.0.0.1'), port: env.int('PORT', 1337), app: { keys: ['key-one', 'key-two'] },
});`,
  'admin.js': `module.exports = () => ({
  auth: { secret: 'admin-secret' },
  apiToken: { salt: 'api-token-salt' },
  transfer: { token: { salt: 'transfer-salt' } },
  secrets: { encryptionKey: 'encryption-key-0123456789abcdef' },
});`,
  'database.js': `const path = require('node:path');
module.exports = () => ({
  connection: {
    client: 'sqlite',
    connection: { filename: path.join(__dirname, '..', '.tmp', 'data.db') },
    useNullAsDefault: true,
  },
});`,
  'middlewares.js': `module.exports = [
  'strapi::logger', 'strapi::errors', 'strapi::security', 'strapi::cors', 'strapi::poweredBy', 'strapi::query',
  'strapi::body', 'strapi::session', 'strapi::favicon', 'strapi::public',
];`,
  'api.js': 'module.exports = { rest: { defaultLimit: 25, maxLimit: 100, withCount: true } };',
  // All that the plugin needs.
  'plugins.js': `module.exports = () => ({
  'users-permissions': { config: { jwtSecret: 'users-secret' } },
  clv: {
    enabled: true,
    config: {
      contentTypes: { '${uid}': { kind: 'story', title: 'headline', file: 'handout' } },
      identity: { secret: '${secret}' },
    },
  },
});`,
};

const factory = (kind: 'Controller' | 'Router' | 'Service') =>
  `module.exports = require('@strapi/strapi').factories.createCore${kind}('${uid}');\n`;

/** A Strapi app as its generator lays one out, with a content type of other names than the playground's. */
export function storyApp(): {
  files: Record<string, string>;
  dependencies: Record<string, string>;
  secret: string;
} {
  const api = 'src/api/story';
  return {
    files: {
      ...Object.fromEntries(Object.entries(config).map(([name, text]) => [`config/${name}`, text])),
      [`${api}/content-types/story/schema.json`]: JSON.stringify(schema),
      [`${api}/controllers/story.js`]: factory('Controller'),
      [`${api}/routes/story.js`]: factory('Router'),
      [`${api}/services/story.js`]: factory('Service'),
      'src/index.js': 'module.exports = { register() {}, bootstrap() {} };\n',
      'public/uploads/.gitkeep': '',
      'database/migrations/.gitkeep': '',
      '.tmp/.gitkeep': '',
    },
    dependencies: Object.fromEntries(packages.map((name) => [name, devDependencies[name]])),
    secret,
  };
}
