/** A view with a message above its rows. */
export interface WithMessage {
  message?: string | undefined;
}

/** Sets the message of a view if it is another one: VS Code lays out the view each time it is set. */
export function setMessage(view: WithMessage, message: string | undefined): void {
  if (view.message !== message) view.message = message;
}
