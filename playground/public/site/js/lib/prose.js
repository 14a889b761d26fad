import { el } from './dom.js';

const INLINE = /\*\*(.+?)\*\*|\*(.+?)\*|\[(.+?)\]\(((?:https?:\/\/|\/|\.\/|#)[^)\s]*)\)/g;

/** The small part of Markdown that the articles use within a paragraph. */
function inline(text) {
  const nodes = [];
  let end = 0;
  for (const match of text.matchAll(INLINE)) {
    const [whole, strong, emphasis, label, href] = match;
    nodes.push(text.slice(end, match.index));
    if (strong) nodes.push(el('strong', {}, strong));
    else if (emphasis) nodes.push(el('em', {}, emphasis));
    else nodes.push(el('a', { href }, label));
    end = match.index + whole.length;
  }
  nodes.push(text.slice(end));
  return nodes;
}

function block(text) {
  const lines = text.split('\n');
  const heading = /^(#{2,4}) (.+)/.exec(text);
  if (heading) return el(`h${heading[1].length}`, {}, ...inline(heading[2]));
  if (lines.every((line) => line.startsWith('- ')))
    return el('ul', {}, ...lines.map((line) => el('li', {}, ...inline(line.slice(2)))));
  if (lines.every((line) => line.startsWith('> ')))
    return el('blockquote', {}, el('p', {}, ...inline(lines.map((line) => line.slice(2)).join(' '))));
  return el('p', {}, ...inline(lines.join(' ')));
}

/** Elements for a text of headings, lists, quotations and paragraphs. */
export const prose = (text) =>
  text
    .split(/\n\s*\n/)
    .map((part) => part.trim())
    .filter(Boolean)
    .map(block);

const ENOUGH = 60;

/** The first sentences, for cards. */
export function teaser(text) {
  let taken = '';
  for (const [sentence] of text.matchAll(/[^.!?]+[.!?]+\s*/g)) {
    taken += sentence;
    if (taken.length >= ENOUGH) break;
  }
  return (taken || text).trim();
}

export const minutes = (text) => Math.max(1, Math.round(text.split(/\s+/).length / 200));
