const path = require('node:path');

module.exports = ({ env }) => {
  const client = env('DATABASE_CLIENT', 'sqlite');
  if (client === 'sqlite') {
    const filename = env('DATABASE_FILENAME', path.join(__dirname, '..', 'data', 'playground.db'));
    return { connection: { client, connection: { filename }, useNullAsDefault: true } };
  }
  const connection = {
    host: env('DATABASE_HOST', '127.0.0.1'),
    port: env.int('DATABASE_PORT', 5432),
    database: env('DATABASE_NAME', 'clv'),
    user: env('DATABASE_USERNAME', 'clv'),
    password: env('DATABASE_PASSWORD', 'clv'),
  };
  return { connection: { client, connection, pool: { min: 0, max: 10 } } };
};
