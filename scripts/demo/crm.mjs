// Imports the customers, orders, subscriptions and costs of the demonstration as CSV files, by the same road as an upload in the admin.
import { finished } from './admin.mjs';

const quoted = (value) => (/[",\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);

/** Rows as a CSV file (RFC 4180); what a row does not have stays empty. */
export function csvOf(rows) {
  const names = [...new Set(rows.flatMap(Object.keys))];
  const lines = rows.map((row) => names.map((name) => quoted(String(row[name] ?? ''))).join(','));
  return `${[names.join(','), ...lines].join('\n')}\n`;
}

async function importFile(api, kind, rows) {
  const form = new FormData();
  form.append('file', new Blob([csvOf(rows)], { type: 'text/csv' }), `${kind}.csv`);
  const { jobId } = await api(`/clv/imports?kind=${kind}`, { method: 'POST', body: form });
  const result = await finished(api, jobId);
  if (result.rejected > 0) throw new Error(`${result.rejected} of ${result.rows} ${kind} were rejected.`);
  console.log(`Imported ${result.rows} ${kind} from ${result.file}`);
}

/** Customers first, so that orders find them. */
export async function importCrm(api, { customers, orders, subscriptions, costs }) {
  await importFile(api, 'customers', customers);
  await importFile(api, 'orders', orders);
  await importFile(api, 'subscriptions', subscriptions);
  await importFile(api, 'costs', costs);
}
