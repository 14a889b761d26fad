/** An error as the REST API answers it: a list of one. */
export class Failure extends Error {
  constructor(
    readonly status: number,
    readonly errorCode: string,
    message: string,
  ) {
    super(message);
  }
}
