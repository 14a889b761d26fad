/** Something the caller can put right: `message` says what and how, `status` is the HTTP status that fits. */
export class IdentityError extends Error {
  override name = 'IdentityError';
  constructor(
    readonly status: 400 | 401 | 403 | 404 | 409,
    message: string,
  ) {
    super(message);
  }
}
