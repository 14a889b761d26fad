import type { Knex } from 'knex';
import { type Answers, addAnswers, noAnswers } from '../kpis/satisfaction';

/** What customers said of the company, summed from as many rows as there are different answers. */
export async function satisfactionAnswers(knex: Knex): Promise<Answers> {
  const answers = noAnswers();
  for (const column of ['nps', 'ces'] as const) {
    const rows: { answer: number; n: number | string }[] = await knex('clv_customers')
      .whereNotNull(column)
      .groupBy(column)
      .select(`${column} as answer`, knex.raw('COUNT(*) AS n'));
    for (const { answer, n } of rows) {
      const said = Number(answer);
      addAnswers(answers, column === 'nps' ? said : null, column === 'ces' ? said : null, Number(n));
    }
  }
  return answers;
}
