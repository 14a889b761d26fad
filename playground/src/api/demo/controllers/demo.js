const jwt = require('jsonwebtoken');

const CUSTOMER = /^[\w.-]{1,64}$/;

/**
 * SIMULATED: gives anybody a token for any customer, because the demonstration has no logins. In a real site your server
 * signs such a token for the customer who has just logged in, and for nobody else.
 */
module.exports = {
  token(ctx) {
    const { customer } = ctx.query;
    if (typeof customer !== 'string' || !CUSTOMER.test(customer)) {
      return ctx.badRequest('customer is missing or not a customer id, such as C-10120.');
    }
    const { secret } = strapi.config.get('plugin::clv').identity;
    ctx.set('Cache-Control', 'no-store');
    ctx.body = { simulated: true, token: jwt.sign({ sub: customer }, secret, { expiresIn: '10m' }) };
  },
};
