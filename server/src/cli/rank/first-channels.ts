/** The channel that each person came by: that of the first event that names one. */
export class FirstChannels {
  /** By number; nothing where no event names one. */
  readonly byPerson: (string | undefined)[] = [];
  readonly #since: number[] = [];

  add(person: number, channel: string | undefined | null, at: number): void {
    if (!channel || at >= (this.#since[person] ?? Number.POSITIVE_INFINITY)) return;
    this.byPerson[person] = channel;
    this.#since[person] = at;
  }
}
