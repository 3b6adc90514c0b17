/** An error whose message is complete, so that its stack is not printed. */
export class Explained extends Error {}
