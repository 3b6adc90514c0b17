/** An error with a complete message, which is shown without its stack. */
export class Explained extends Error {}
