const { factories } = require('@strapi/strapi');

module.exports = factories.createCoreRouter('api::white-paper.white-paper');
