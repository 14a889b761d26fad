const PUBLIC_ACTIONS = [
  'article.article.find',
  'article.article.findOne',
  'white-paper.white-paper.find',
  'white-paper.white-paper.findOne',
];

module.exports = {
  register() {},

  async bootstrap({ strapi }) {
    // A kind of CRM of one's own is registered like this; tests name a module that exports one.
    const { CLV_CONNECTOR } = process.env;
    if (CLV_CONNECTOR) strapi.plugin('clv').service('connectors').register(require(CLV_CONNECTOR));

    // The public may read articles and white papers, as on most sites.
    const role = await strapi.db
      .query('plugin::users-permissions.role')
      .findOne({ where: { type: 'public' } });
    for (const name of PUBLIC_ACTIONS) {
      const action = `api::${name}`;
      const existing = await strapi.db
        .query('plugin::users-permissions.permission')
        .findOne({ where: { action, role: role.id } });
      if (!existing)
        await strapi.db
          .query('plugin::users-permissions.permission')
          .create({ data: { action, role: role.id } });
    }
  },
};
