/** An element with attributes and children; text is never parsed as HTML. */
export function el(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith('on')) element.addEventListener(key.slice(2), value);
    else if (value !== null && value !== undefined && value !== false) element.setAttribute(key, value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

export const byId = (id) => document.getElementById(id);

/** An address of this site that keeps `?consent=required`. */
export function link(page, params = {}) {
  const query = new URLSearchParams(Object.entries(params).filter(([, value]) => value));
  if (new URLSearchParams(location.search).get('consent') === 'required') query.set('consent', 'required');
  const text = query.toString();
  return text ? `${page}?${text}` : page;
}
