import { date, decimal, type User } from './api';

/** What a new database needs before somebody can sell: currencies, and a company that the user works for. */
export async function setUp(user: User): Promise<void> {
  const currencies = [
    { code: 'EUR', name: 'Euro', numeric_code: '978', digits: 2, rounding: decimal('0.01') },
    { code: 'JPY', name: 'Yen', numeric_code: '392', digits: 0, rounding: decimal('1') },
    { code: 'USD', name: 'US Dollar', numeric_code: '840', digits: 2, rounding: decimal('0.01') },
  ];
  const rates = [['create', [{ date: date(0), rate: decimal('1') }]]];
  const [euro] = await user.call(
    'model.currency.currency.create',
    currencies.map((currency) => ({ ...currency, symbol: currency.code, rates })),
  );
  const [own] = await user.call('model.party.party.create', [{ name: 'Our company' }]);
  const [company] = await user.call('model.company.company.create', [{ party: own, currency: euro }]);
  const [{ id }] = await user.call('model.res.user.search_read', [['login', '=', 'admin']], 0, 1, null, [
    'id',
  ]);
  await user.call('model.res.user.write', [id], {
    companies: [['add', [company]]],
    company,
  });
}
