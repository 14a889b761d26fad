/** Wraps a function so that the page never notices a fault of ours: it goes to the console's debug level, no further. */
export const guarded =
  <A extends unknown[], R>(run: (...args: A) => R) =>
  (...args: A): R | undefined => {
    try {
      return run(...args);
    } catch (error) {
      console.debug(error);
    }
  };
