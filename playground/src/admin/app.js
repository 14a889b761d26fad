// The languages in which the plugin's screens are written.
export default {
  config: { locales: ['it'], tutorials: false, notifications: { releases: false } },
};
