const { factories } = require('@strapi/strapi');

module.exports = factories.createCoreController('api::white-paper.white-paper');
