/** An error whose message says all a person needs to know: where in our code it arose is of no interest. */
export class Explained extends Error {}
