import type { Journeys } from './journeys';
import { type Outcome, outcomeOf } from './outcomes';
import { FEWEST } from './thresholds';

/** How many of the first items of a journey are shown, and how many different ones at each of these steps. */
export const FLOW_STEPS = 4;
export const FLOW_ITEMS = 8;

/** An item by its number, all others together, or how a journey that was over by then stood. */
export type FlowKey = number | 'other' | Outcome;

export interface FlowNode {
  /** From 0; the last one holds outcomes alone. */
  step: number;
  key: FlowKey;
  persons: number;
}

export interface FlowLink {
  /** The step it comes from. */
  step: number;
  from: FlowKey;
  to: FlowKey;
  persons: number;
}

/** At every step the persons of all nodes sum to `persons`, and so do those of all links that leave it. */
export interface Flow {
  persons: number;
  nodes: FlowNode[];
  links: FlowLink[];
}

/** Of each step: an item by its place among the most frequent ones, or one of these. */
const [OTHER, ORDERED, READING, LEFT] = [FLOW_ITEMS, FLOW_ITEMS + 1, FLOW_ITEMS + 2, FLOW_ITEMS + 3];
const NAMES = ['other', 'ordered', 'reading', 'left'] as const;
const CODES: Record<Outcome, number> = { ordered: ORDERED, reading: READING, left: LEFT };
const BASE = LEFT + 1;

/** Persons who went the same way through the picture. */
interface Course {
  codes: number[];
  persons: number;
}

/**
 * The first steps of all journeys and how they ended. Who ordered or left stays at that outcome from the step after;
 * who read on beyond the last step comes to the outcome straight from there.
 */
export function flowOf(journeys: Journeys, now: number): Flow {
  const frequent = frequentItems(journeys);
  const courses = coursesOf(journeys, frequent, now);
  hideSmall(courses);
  const keyOf = (step: number, code: number): FlowKey =>
    code < OTHER ? frequent[step]![code]! : NAMES[code - OTHER]!;
  const nodes = Array.from({ length: FLOW_STEPS + 1 }, (_, step) =>
    tally(courses, ({ codes }) => codes[step]!).map(([code, persons]) => ({
      step,
      key: keyOf(step, code),
      persons,
    })),
  );
  const links = Array.from({ length: FLOW_STEPS }, (_, step) =>
    linksOf(courses, step).map(([link, persons]) => ({
      step,
      from: keyOf(step, Math.floor(link / BASE)),
      to: keyOf(step + 1, link % BASE),
      persons,
    })),
  );
  const persons = courses.reduce((sum, course) => sum + course.persons, 0);
  return { persons, nodes: nodes.flat(), links: links.flat() };
}

/** The items that most persons read first, second, …; of as many the one of the lower number. */
function frequentItems({ persons, items, start, item }: Journeys): number[][] {
  return Array.from({ length: FLOW_STEPS }, (_, step) => {
    const counts = new Uint32Array(items);
    for (let p = 0; p < persons.count; p++) {
      const place = start[p]! + step;
      if (place < start[p + 1]!) counts[item[place]!]!++;
    }
    return Array.from(counts.keys())
      .filter((content) => counts[content]! >= FEWEST)
      .sort((a, b) => counts[b]! - counts[a]! || a - b)
      .slice(0, FLOW_ITEMS);
  });
}

function coursesOf(journeys: Journeys, frequent: number[][], now: number): Course[] {
  const { persons, items, start, item } = journeys;
  const codeOf = frequent.map((known) => {
    const codes = new Uint8Array(items).fill(OTHER);
    known.forEach((content, code) => {
      codes[content] = code;
    });
    return codes;
  });
  const counts = new Map<number, number>();
  for (let p = 0; p < persons.count; p++) {
    const length = start[p + 1]! - start[p]!;
    if (length === 0) continue;
    const outcome = CODES[outcomeOf(journeys, p, now)];
    let course = 0;
    for (let step = 0; step <= FLOW_STEPS; step++) {
      const isRead = step < FLOW_STEPS && step < length;
      course = course * BASE + (isRead ? codeOf[step]![item[start[p]! + step]!]! : outcome);
    }
    counts.set(course, (counts.get(course) ?? 0) + 1);
  }
  return [...counts]
    .sort(([a], [b]) => a - b)
    .map(([course, count]) => ({ codes: digits(course), persons: count }));
}

function digits(course: number): number[] {
  const codes: number[] = [];
  for (let rest = course, step = 0; step <= FLOW_STEPS; step++, rest = Math.floor(rest / BASE))
    codes.unshift(rest % BASE);
  return codes;
}

/**
 * Until nothing is told of too few: whoever went from or to an item with too few others is shown at the other items
 * instead, so that every figure of the picture stays a count of persons.
 */
function hideSmall(courses: Course[]): void {
  for (let isDone = false; !isDone; ) {
    isDone = true;
    for (let step = 0; step < FLOW_STEPS; step++) {
      const small = new Set(linksOf(courses, step).flatMap(([link, n]) => (n < FEWEST ? [link] : [])));
      for (const { codes } of courses) {
        if (!small.has(codes[step]! * BASE + codes[step + 1]!)) continue;
        const place = codes[step + 1]! < OTHER ? step + 1 : step;
        if (codes[place]! >= OTHER) continue;
        codes[place] = OTHER;
        isDone = false;
      }
    }
  }
}

const linksOf = (courses: Course[], step: number) =>
  tally(courses, ({ codes }) => codes[step]! * BASE + codes[step + 1]!);

/** Persons by what `of` says of their course, in the order of that. */
function tally(courses: Course[], of: (course: Course) => number): [code: number, persons: number][] {
  const counts = new Map<number, number>();
  for (const course of courses) counts.set(of(course), (counts.get(of(course)) ?? 0) + course.persons);
  return [...counts].sort(([a], [b]) => a - b);
}
