module.exports = {
  routes: [{ method: 'GET', path: '/demo/token', handler: 'demo.token', config: { auth: false } }],
};
