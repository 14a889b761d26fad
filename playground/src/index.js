const PUBLIC_ACTIONS = [
  'article.article.find',
  'article.article.findOne',
  'white-paper.white-paper.find',
  'white-paper.white-paper.findOne',
];

module.exports = {
  register() {},

  async bootstrap({ strapi }) {
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
