/* Covers drawn from a word: cups and beans seen from above. The same word gives the same picture. */

const SVG = 'http://www.w3.org/2000/svg';

function shape(name, attributes, ...children) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

/** Numbers from 0 to 1 that a word determines (FNV-1a, then a linear congruence). */
function randomFrom(word) {
  let state = 2166136261;
  for (const letter of word) state = Math.imul(state ^ letter.codePointAt(0), 16777619);
  return () => {
    state = Math.imul(state, 1664525) + 1013904223;
    return (state >>> 0) / 2 ** 32;
  };
}

function cup(x, y, radius, angle) {
  return shape(
    'g',
    { transform: `translate(${x} ${y}) rotate(${angle}) scale(${radius / 100})` },
    shape('circle', { r: 100, class: 'saucer' }),
    shape('circle', { r: 84, class: 'saucer-rim' }),
    shape('rect', { x: 52, y: -9, width: 42, height: 18, rx: 9, class: 'cup' }),
    shape('circle', { r: 62, class: 'cup' }),
    shape('circle', { r: 52, class: 'coffee' }),
    shape('path', { d: 'M-34 -22a40 40 0 0 1 34 -19', class: 'shine' }),
  );
}

function bean(x, y, size, angle) {
  return shape(
    'g',
    { transform: `translate(${x} ${y}) rotate(${angle}) scale(${size / 20})` },
    shape('ellipse', { rx: 20, ry: 14, class: 'bean' }),
    shape('path', { d: 'M-18 2c10 -9 24 7 36 -3', class: 'crease' }),
  );
}

const TONES = ['tone-clay', 'tone-leaf', 'tone-sky', 'tone-sand', 'tone-plum', 'tone-stone'];

function cloth(topic, width, height) {
  const tone = TONES[Math.floor(randomFrom(`${topic}!`)() * TONES.length)];
  return shape(
    'svg',
    { viewBox: `0 0 ${width} ${height}`, class: `cover ${tone}`, preserveAspectRatio: 'xMidYMid slice' },
    shape('rect', { width, height, class: 'cloth' }),
  );
}

/**
 * A picture of 320 by 200.
 * @param {string} topic gives the colour
 * @param {string} word gives the arrangement
 */
export function cover(topic, word) {
  const random = randomFrom(word);
  const between = (from, to) => from + random() * (to - from);
  const picture = cloth(topic, 320, 200);
  const left = random() < 0.5;
  for (let i = 0; i < 9; i += 1) {
    picture.append(bean(between(10, 310), between(10, 190), between(8, 15), between(0, 360)));
  }
  const x = left ? between(70, 110) : between(210, 250);
  picture.append(cup(x, between(85, 125), between(74, 98), between(0, 360)));
  if (random() < 0.55) {
    const beside = left ? between(235, 280) : between(40, 85);
    picture.append(cup(beside, between(30, 170), between(38, 56), between(0, 360)));
  }
  return picture;
}

/** The front of a white paper, 150 by 200: a label above, a cup below. */
export function paperCover(topic, word) {
  const random = randomFrom(word);
  const picture = cloth(topic, 150, 200);
  for (let i = 0; i < 4; i += 1) {
    picture.append(bean(12 + random() * 126, 92 + random() * 100, 6 + random() * 4, random() * 360));
  }
  picture.append(
    cup(55 + random() * 50, 142 + random() * 14, 44 + random() * 8, random() * 360),
    shape('rect', { x: 18, y: 20, width: 114, height: 58, rx: 2, class: 'label' }),
    ...[70, 84, 52].map((width, line) =>
      shape('rect', { x: 28, y: 32 + line * 13, width, height: 5, rx: 2.5, class: 'label-line' }),
    ),
  );
  return picture;
}
