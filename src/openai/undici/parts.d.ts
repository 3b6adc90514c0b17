/**
 * Internal modules of undici. Importing the whole package sets the global dispatcher of the process, which
 * the extension host and other extensions share. These modules do not. They are not public API, so the
 * version is pinned, and a test watches the global dispatcher.
 */
declare module 'undici/lib/dispatcher/agent.js' {
  import { Agent } from 'undici';
  export default Agent;
}

declare module 'undici/lib/core/connect.js' {
  import { buildConnector } from 'undici';
  export default buildConnector;
}
