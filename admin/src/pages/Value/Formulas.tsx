import { Typography } from '@strapi/design-system';
import { styled } from 'styled-components';
import type { FormulaKey, FormulaResult } from '../../../../server/src/clv/api-types';
import { Card } from '../../components/charts/ChartFrame';
import { Rows } from '../../components/charts/Rows';
import { isEstimate, knownValue, useFigureWords } from '../../figure';
import { type MessageId, useText } from '../../text';
import type { SectionProps } from './ReportView';

const FORMULA: Record<FormulaKey, [name: MessageId, formula: MessageId]> = {
  historical: ['clv.formula.historical', 'clv.formula.historical.what'],
  simple: ['clv.formula.simple', 'clv.formula.simple.what'],
  margin: ['clv.formula.margin', 'clv.formula.margin.what'],
  comprehensive: ['clv.formula.comprehensive', 'clv.formula.comprehensive.what'],
  b2b: ['clv.formula.b2b', 'clv.formula.b2b.what'],
  predicted: ['clv.formula.predicted', 'clv.formula.predicted.what'],
};

/** Why a formula's figure is another than its neighbour's, by the keys that the server gives. */
const DIFFERS: Record<string, MessageId> = {
  revenue: 'clv.formula.differs.revenue',
  goods: 'clv.formula.differs.goods',
  service: 'clv.formula.differs.service',
  discounted: 'clv.formula.differs.discounted',
  acquisition: 'clv.formula.differs.acquisition',
  'whole-life': 'clv.formula.differs.whole-life',
  'so-far': 'clv.formula.differs.so-far',
  'each-customer': 'clv.formula.differs.each-customer',
  horizon: 'clv.formula.differs.horizon',
};

/** Inputs by the names that the server gives. */
const INPUT: Record<string, MessageId> = {
  orderValue: 'clv.input.order-value',
  ordersPerMonth: 'clv.input.orders-per-month',
  lifespan: 'clv.input.lifetime',
  revenuePerMonth: 'clv.input.revenue-per-month',
  margin: 'clv.input.margin',
  churn: 'clv.input.churn',
  servicePerMonth: 'clv.input.service-per-month',
  discount: 'clv.input.discount',
  discountYearly: 'clv.input.discount-yearly',
  cac: 'clv.column.cac',
  revenue: 'clv.input.revenue',
  cost: 'clv.column.cost',
  service: 'clv.column.service',
  acquisition: 'clv.column.acquisition',
  horizon: 'clv.input.horizon',
};

/** The textbook formulas beside the figures from the orders and the model, and why they differ. */
export function Formulas({ run, report: { formulas } }: SectionProps) {
  const text = useText();
  const words = useFigureWords(run.currency);
  const known = formulas.map(({ figure }) => knownValue(figure)).filter((value) => value !== null);
  const [low, high] = [Math.min(...known), Math.max(...known)];
  const nameOf = ({ key }: FormulaResult) => text(FORMULA[key][0]);

  return (
    <Card aria-label={text('clv.formulas.title')}>
      <div>
        <Typography tag="h3" variant="delta">
          {text('clv.formulas.title')}
        </Typography>
        <Typography tag="p" textColor="neutral700" paddingTop={1}>
          {known.length > 1
            ? text('clv.formulas.summary', {
                n: known.length,
                low: words.write(low, 'money'),
                high: words.write(high, 'money'),
              })
            : text('clv.formulas.few')}
        </Typography>
      </div>
      <Rows
        label={text('clv.formulas.title')}
        mark="bar"
        rows={formulas.map((formula) => ({
          key: formula.key,
          name: nameOf(formula),
          value: knownValue(formula.figure),
          low: isEstimate(formula.figure) ? formula.figure.low : null,
          high: isEstimate(formula.figure) ? formula.figure.high : null,
          figure: words.figure(formula.figure, 'money'),
          interval: isEstimate(formula.figure) ? words.interval(formula.figure, 'money') : undefined,
          color: formula.key === 'historical' || formula.key === 'predicted' ? 'first' : 'plain',
        }))}
      />
      <List>
        {formulas.map((formula) => {
          const [name, what] = FORMULA[formula.key];
          return (
            <li key={formula.key}>
              <h4>{text(name)}</h4>
              <p className="formula">{text(what)}</p>
              <dl>
                {formula.inputs.map((input) => (
                  <div key={input.name}>
                    <dt>{INPUT[input.name] ? text(INPUT[input.name]!) : input.name}</dt>
                    <dd>{words.write(input.value, input.unit, 0)}</dd>
                  </div>
                ))}
                <div className="result">
                  <dt>CLV</dt>
                  <dd>{words.figure(formula.figure, 'money')}</dd>
                </div>
              </dl>
              <ul>
                {formula.differs.flatMap((key) =>
                  DIFFERS[key] ? [<li key={key}>{text(DIFFERS[key])}</li>] : [],
                )}
              </ul>
            </li>
          );
        })}
      </List>
    </Card>
  );
}

const List = styled.ul`
  display: grid;
  grid-template-columns: repeat(auto-fill, minmax(min(28rem, 100%), 1fr));
  gap: 2rem 2.8rem;
  margin: 0;
  padding: 1.6rem 0 0;
  list-style: none;
  border-top: 1px solid ${({ theme }) => theme.colors.neutral150};
  font-size: 1.3rem;
  line-height: 1.8rem;
  color: ${({ theme }) => theme.colors.neutral700};

  ul {
    margin: 0;
    padding-inline-start: 1.6rem;
    list-style: disc;
  }

  h4 {
    margin: 0;
    font-weight: 600;
    color: ${({ theme }) => theme.colors.neutral800};
  }

  p {
    margin: 0.4rem 0 0;
  }

  .formula {
    margin: 0;
    font-style: italic;
    color: ${({ theme }) => theme.colors.neutral600};
  }

  dl {
    margin: 0.8rem 0;
    font-variant-numeric: tabular-nums;
  }

  dl div {
    display: flex;
    justify-content: space-between;
    gap: 1.2rem;
    padding: 0.2rem 0;
  }

  dd {
    margin: 0;
    text-align: end;
    color: ${({ theme }) => theme.colors.neutral800};
  }

  .result {
    margin-top: 0.2rem;
    padding-top: 0.4rem;
    font-weight: 600;
    border-top: 1px solid ${({ theme }) => theme.colors.neutral200};
  }
`;
