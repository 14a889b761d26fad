/** Something the caller can put right: `message` says what and how, `status` is the HTTP status that fits. */
export class ExperimentError extends Error {
  override name = 'ExperimentError';
  constructor(
    readonly status: 400 | 404 | 409,
    message: string,
  ) {
    super(message);
  }
}
