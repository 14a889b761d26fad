const { factories } = require('@strapi/strapi');

module.exports = factories.createCoreService('api::white-paper.white-paper');
