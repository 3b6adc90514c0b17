/** A tool can't do what it was asked. The message is for the language model. */
export class ToolRefusal extends Error {
  override readonly name = 'ToolRefusal';
}
