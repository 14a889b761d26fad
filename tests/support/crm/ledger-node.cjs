// The ledger for a Strapi in a process of its own.
module.exports = require('./ledger-kind.cjs').ledgerKind();
