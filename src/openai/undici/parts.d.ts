/**
 * undici by its parts. Importing the package as a whole puts a dispatcher of its own into the process's global slot,
 * which the editor's host and other extensions share; these paths leave it alone. They are not public API, so the
 * version is pinned and a test watches the global slot.
 */
declare module 'undici/lib/dispatcher/agent.js' {
  import { Agent } from 'undici';
  export default Agent;
}

declare module 'undici/lib/core/connect.js' {
  import { buildConnector } from 'undici';
  export default buildConnector;
}
