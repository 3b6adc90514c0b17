/** Strings of two words or more outside `src/words/` that are no sentences of the interface, and why. */
export interface AllowedStrings {
  /** A file, or a folder with a slash at its end. */
  readonly files: string;
  /** Exact strings (`{…}` is what is put in), or patterns, or `all` of a folder that has no sentences by its nature. */
  readonly strings: 'all' | readonly (string | RegExp)[];
  readonly reason: string;
}

/** It only shrinks: the test fails when an entry is no longer needed. */
export const allowedStrings: readonly AllowedStrings[] = [
  { files: 'src/sample/', strings: 'all', reason: 'sample data, and what the API answers' },
  {
    files: 'src/organizations/samples.ts',
    strings: ['Harbor Labs', 'Juniper Clinics'],
    reason: 'sample data',
  },
  { files: 'src/extension.ts', strings: ['Checkpoint Permissions'], reason: 'the name of the product' },

  // Codes that look like words.
  {
    files: 'src/access/catalog/catalogEntry.ts',
    strings: ['audit log', 'fine-tuning jobs', 'from an open file'],
    reason: 'what earlier versions stored',
  },
  { files: 'src/credentials/', strings: ['admin API key', 'project API key'], reason: 'kinds of keys' },
  {
    files: 'src/commands/organizations/',
    strings: ['admin API key', 'project API key'],
    reason: 'kinds of keys',
  },

  {
    files: 'src/cli/pullRequest.ts',
    strings: [
      'GitHub Actions',
      'GitLab CI',
      'Azure Pipelines',
      'Bitbucket Pipelines',
      'Travis CI',
      'Cirrus CI',
      'AWS CodeBuild',
    ],
    reason: 'names of build systems',
  },

  // The log stays English.
  { files: 'src/editor/log.ts', strings: ['no response'], reason: 'log line' },
  {
    files: 'src/commands/organizations/',
    strings: [
      'An organization was added, with an admin API key for {…}.',
      'An organization was removed, with its keys, its checkpoint list and its change history.',
      'Check of the {…}: {…}',
      'A project API key was saved for {…}.',
      'The admin API key was removed.',
      'The admin API key was saved for {…}.',
    ],
    reason: 'log line',
  },
  { files: 'src/commands/checkpoints/', strings: ['Finding checkpoints: {…}'], reason: 'log line' },
  {
    files: 'src/organizations/clientFor.ts',
    strings: ['{…}: {…}. Using the network of VS Code from now on.', 'no code'],
    reason: 'log line',
  },

  // Errors for logs and developers. Users read those of words/errors.
  {
    files: 'src/access/journal/planWriter.ts',
    strings: ['a step is not part of the plan'],
    reason: 'developer error',
  },
  {
    files: 'src/access/loading/snapshot.ts',
    strings: ['The list is no longer shown.'],
    reason: 'developer error',
  },
  {
    files: 'src/pages/access/element.ts',
    strings: ['The page has no {…}.'],
    reason: 'developer error',
  },
  { files: 'src/views/', strings: ['There is no row to draw.'], reason: 'developer error' },
  {
    files: 'src/openai/',
    strings: [
      'Request timed out.',
      'Request timed out',
      'Request was aborted.',
      'Connection error',
      'Connection error: {…}',
      'No code.',
      'Not sent: {…}.',
      'Web page',
      'Web page "{…}"',
      'status code (no body)',
      '(no status code or body)',
      'Unexpected response: {…}',
      '{…} is {…}, expected {…}',
      'non-empty string',
      'finite number',
      'Incomplete list: {…} (items read: {…})',
      'Insecure base URL: {…}',
      'There is no next page. Ask hasNextPage() first.',
      'Response exceeds its limit.',
      'Invalid proxy URL.',
      'The name leads to another machine.',
      'Unsupported proxy protocol: {…}',
      'Proxy timed out.',
      'Proxy closed the connection.',
      'Not an HTTP proxy.',
      'Proxy authentication required.',
      'Proxy returned {…}.',
    ],
    reason: 'messages of the typed client, in the manner of the official SDK',
  },

  // Other languages than English.
  { files: 'src/openai/undici/tunnel.ts', strings: ['Proxy-Connection: keep-alive'], reason: 'HTTP' },
  {
    files: 'src/pages/access/matrix/appearance.ts',
    strings: ['staged grant', 'staged revoke', 'staged {…} void{…}'],
    reason: 'class names',
  },
  {
    files: 'src/pages/access/changes/changesTab.ts',
    strings: ['empty changes-empty', 'part chosen changes-buttons', 'bar foot changes-foot'],
    reason: 'class names',
  },
  {
    files: 'src/pages/access/table/rowElement.ts',
    strings: ['row group', 'row disabled'],
    reason: 'class names',
  },
  {
    files: 'src/pages/access/table/table.ts',
    strings: ['a, button, input, select, vscode-button'],
    reason: 'a selector',
  },
  {
    files: 'src/views/details/curl.ts',
    strings: ['-H "Authorization: Bearer $OPENAI_ADMIN_KEY"', "-H 'Content-Type: application/json'"],
    reason: 'a shell command',
  },
  {
    files: 'src/views/access/html.ts',
    strings: ["default-src 'none'; style-src {…}; script-src 'nonce-{…}'"],
    reason: 'a content security policy',
  },

  // The ground floor has no words above it.
  {
    files: 'src/text/dates.ts',
    strings: ['just now', 'an unknown time', 'an unknown day'],
    reason: 'what Intl has no words for',
  },
];
