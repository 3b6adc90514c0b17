/** Strings of two words or more outside `src/words/` that are no sentences of the interface, and why. */
export interface AllowedStrings {
  /** A file, or a folder with a slash at its end. */
  readonly files: string;
  /** Exact strings (`{…}` is what is put in) or patterns; `all` of a folder or file that has no sentences by its nature. */
  readonly strings: 'all' | readonly (string | RegExp)[];
  readonly reason: string;
}

export const allowedStrings: readonly AllowedStrings[] = [
  { files: 'src/sample/', strings: 'all', reason: 'sample data, and what the API answers' },
  { files: 'src/openai/', strings: 'all', reason: 'being moved' },
  { files: 'src/access/', strings: 'all', reason: 'being moved' },
  { files: 'src/commands/', strings: 'all', reason: 'being moved' },
  { files: 'src/credentials/', strings: 'all', reason: 'being moved' },
  { files: 'src/editor/', strings: 'all', reason: 'being moved' },
  { files: 'src/organizations/', strings: 'all', reason: 'being moved' },
  { files: 'src/pages/matrix/element.ts', strings: ['The page has no {…}.'], reason: 'a fault of the page' },
  {
    files: 'src/pages/matrix/looks.ts',
    strings: ['staged grant', 'staged revoke', 'staged {…} void{…}'],
    reason: 'class names',
  },
  { files: 'src/text/', strings: 'all', reason: 'being moved' },
  {
    files: 'src/views/',
    strings: ['There is no row to draw.'],
    reason: 'faults of the extension itself, which only the log shows',
  },
  {
    files: 'src/views/details/curl.ts',
    strings: ['-H "Authorization: Bearer $OPENAI_ADMIN_KEY"', "-H 'Content-Type: application/json'"],
    reason: 'a shell command',
  },
  {
    files: 'src/views/matrix/html.ts',
    strings: ["default-src 'none'; style-src {…}; script-src 'nonce-{…}'"],
    reason: 'a content security policy',
  },
  { files: 'src/extension.ts', strings: 'all', reason: 'being moved' },
];
