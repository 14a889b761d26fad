import { Failure } from './failure';

/** A literal; its kind tells whether a field may be compared with it. */
export interface Literal {
  kind: 'text' | 'datetime' | 'date' | 'number' | 'boolean' | 'null';
  value: string | number | boolean | null;
}

export type Condition =
  | { all: Condition[] }
  | { any: Condition[] }
  | { field: string; operator: string; values: Literal[] };

export interface Soql {
  count: boolean;
  fields: string[];
  children: Soql[];
  from: string;
  where: Condition | null;
  order: { field: string; descending: boolean }[];
  limit: number | null;
}

const TOKEN =
  /\s*(?:(?<text>'(?:[^'\\]|\\.)*')|(?<datetime>\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:?\d\d))|(?<date>\d{4}-\d\d-\d\d)|(?<number>-?\d+(?:\.\d+)?)|(?<word>[A-Za-z_][\w.]*)|(?<sign><=|>=|!=|<|>|=|\(|\)|,))/y;
const ESCAPES: Record<string, string> = {
  n: '\n',
  r: '\r',
  t: '\t',
  b: '\b',
  f: '\f',
  '"': '"',
  "'": "'",
  '\\': '\\',
};

const malformed = (what: string) => new Failure(400, 'MALFORMED_QUERY', what);

function tokens(text: string): Record<string, string>[] {
  const found: Record<string, string>[] = [];
  const source = text.trim();
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < source.length) {
    const at = TOKEN.lastIndex;
    const match = TOKEN.exec(source);
    if (!match) throw malformed(`unexpected token at column ${at}: ${source.slice(at, at + 20)}`);
    found.push(Object.fromEntries(Object.entries(match.groups!).filter(([, part]) => part !== undefined)));
  }
  return found;
}

/** `\_` and `\%` are for LIKE, and stay. */
function unquoted(text: string): string {
  return text.slice(1, -1).replace(/\\(.)/g, (whole, letter: string) => {
    if (letter === '_' || letter === '%') return whole;
    if (letter in ESCAPES) return ESCAPES[letter]!;
    throw malformed(
      `Illegal string literal: Invalid string literal '${text}'. Illegal character sequence '${whole}'`,
    );
  });
}

/** Reads the part of SOQL that this double answers, and refuses every other query as Salesforce refuses nonsense. */
export function parseSoql(text: string): Soql {
  const left = tokens(text);
  const peek = (word: string) => (left[0]?.word ?? left[0]?.sign)?.toUpperCase() === word;
  const take = (word: string) => (peek(word) ? Boolean(left.shift()) : false);
  const need = (word: string) => {
    if (!take(word))
      throw malformed(`expecting ${word}, found '${Object.values(left[0] ?? { end: 'EOF' })[0]}'`);
  };
  const name = (): string => {
    const { word } = left.shift() ?? {};
    if (!word) throw malformed('expecting a name');
    return word;
  };

  function query(nested: boolean): Soql {
    need('SELECT');
    const soql: Soql = {
      count: false,
      fields: [],
      children: [],
      from: '',
      where: null,
      order: [],
      limit: null,
    };
    do {
      if (take('(')) {
        if (nested) throw malformed('only one level of subqueries is supported');
        soql.children.push(query(true));
        need(')');
      } else {
        const field = name();
        if (field.toUpperCase() === 'COUNT' && take('(')) {
          need(')');
          soql.count = true;
        } else soql.fields.push(field);
      }
    } while (take(','));
    need('FROM');
    soql.from = name();
    if (take('WHERE')) soql.where = conditions();
    if (take('ORDER')) {
      need('BY');
      do {
        const field = name();
        const descending = take('DESC');
        if (!descending) take('ASC');
        soql.order.push({ field, descending });
      } while (take(','));
    }
    if (take('LIMIT')) soql.limit = Number(literal().value);
    return soql;
  }

  /** AND and OR side by side need parentheses. */
  function conditions(): Condition {
    const first = condition();
    const word = peek('AND') ? 'AND' : 'OR';
    const list = [first];
    while (take(word)) list.push(condition());
    if (peek('AND') || peek('OR')) throw malformed(`unexpected token: ${left[0]!.word}`);
    if (list.length === 1) return first;
    return word === 'AND' ? { all: list } : { any: list };
  }

  function condition(): Condition {
    if (take('(')) {
      const inner = conditions();
      need(')');
      return inner;
    }
    const field = name();
    const operator = (left[0]?.sign ?? left[0]?.word ?? '').toUpperCase();
    left.shift();
    if (operator !== 'IN') return { field, operator, values: [literal()] };
    need('(');
    const values: Literal[] = [];
    do values.push(literal());
    while (take(','));
    need(')');
    return { field, operator, values };
  }

  function literal(): Literal {
    const token = left.shift() ?? {};
    if (token.text !== undefined) return { kind: 'text', value: unquoted(token.text) };
    if (token.datetime) return { kind: 'datetime', value: Date.parse(token.datetime) };
    if (token.date) return { kind: 'date', value: token.date };
    if (token.number) return { kind: 'number', value: Number(token.number) };
    const word = token.word?.toUpperCase();
    if (word === 'TRUE' || word === 'FALSE') return { kind: 'boolean', value: word === 'TRUE' };
    if (word === 'NULL') return { kind: 'null', value: null };
    throw malformed(`unexpected token: '${Object.values(token)[0] ?? 'EOF'}'`);
  }

  const whole = query(false);
  if (left.length > 0) throw malformed(`unexpected token: '${Object.values(left[0]!)[0]}'`);
  return whole;
}
