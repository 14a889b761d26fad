interface Link {
  from: number;
  customerId: string;
}

/**
 * Which customer used which browser, and when. The first customer known of a browser has used it from the beginning; one
 * who is known later has used it from then on.
 */
export class BrowserLinks {
  readonly #links = new Map<string, Link[]>();
  #sorted = true;

  add(visitorId: string, customerId: string, at: number): void {
    const links = this.#links.get(visitorId) ?? [];
    links.push({ from: at, customerId });
    this.#links.set(visitorId, links);
    this.#sorted = false;
  }

  customerAt(visitorId: string, at: number): string | undefined {
    this.#settle();
    const links = this.#links.get(visitorId);
    return links && (links.findLast(({ from }) => from <= at) ?? links[0])?.customerId;
  }

  /** Browsers of more than one customer. */
  get shared(): number {
    this.#settle();
    return [...this.#links.values()].filter((links) => links.length > 1).length;
  }

  /** Sorts each browser's links by time and keeps those that change its customer. */
  #settle(): void {
    if (this.#sorted) return;
    this.#sorted = true;
    for (const [visitorId, links] of this.#links) {
      links.sort((a, b) => a.from - b.from);
      const changes = links.filter(({ customerId }, i) => customerId !== links[i - 1]?.customerId);
      this.#links.set(visitorId, changes);
    }
  }
}
