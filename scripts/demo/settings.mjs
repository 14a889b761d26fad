/** The plugin's own small settings, where the demonstration remembers how far it is. */
export function settingsOf(strapi) {
  const table = () => strapi.db.connection('clv_settings');
  return {
    async get(key) {
      return (await table().where({ key }).first('value'))?.value ?? null;
    },
    async set(key, value) {
      await table().insert({ key, value }).onConflict('key').merge();
    },
  };
}
