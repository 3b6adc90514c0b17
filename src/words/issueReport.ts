// Reporting an issue. The texts that are filled in hold no key, and no names and IDs.

export interface IssueReport {
  /** The version of the extension. */
  readonly extension: string;
  /** Name and version of the editor. */
  readonly editor: string;
  readonly system: string;
  /** The version of Node.js. */
  readonly node: string;
  readonly isInBrowser: boolean;
  /** The kind of remote, such as `ssh-remote`. */
  readonly remote: string | undefined;
  readonly lastError: string | undefined;
  readonly lastFailedRequest: string | undefined;
}

/** An address longer than about 8,000 characters is refused. */
const longestLog = 1500;

/** The address of the issue form with its fields filled in. `bugs`: where the repository has its issues. */
export function issueAddress(bugs: string, report: IssueReport): string {
  const fields = {
    template: 'bug.yml',
    versions: versionsInWords(report),
    window: windowInWords(report),
    log: logInWords(report).slice(0, longestLog),
  };
  const query = Object.entries(fields).map(([name, text]) => `${name}=${encodeURIComponent(text)}`);
  return `${bugs}/new?${query.join('&')}`;
}

/** The same as a document, in Markdown. */
export function issueInDocument(report: IssueReport): string {
  const parts = [
    ['What happened, and what you expected', ''],
    ['How to see it again', '1. \n2. \n'],
    ['Does it happen in a sample organization?', 'Yes / No / I have not tried'],
    ['Versions', versionsInWords(report)],
    ['Where VS Code runs', windowInWords(report)],
    ['Last error', ['```text', logInWords(report).replaceAll('`', "'"), '```'].join('\n')],
  ];
  return [
    '# Something is wrong with Checkpoint Permissions',
    'Read this before you send it. Keys, names, and IDs that were recognized are not in it.',
    ...parts.map(([heading, text]) => `## ${heading}\n\n${text}`),
    '',
  ].join('\n\n');
}

function versionsInWords({ extension, editor, system, node }: IssueReport): string {
  return `Checkpoint Permissions ${extension}, ${editor}, ${system}, Node.js ${node}`;
}

function windowInWords({ remote, isInBrowser }: IssueReport): string {
  if (isInBrowser) return remote === undefined ? 'In a browser' : `In a browser, remote (${remote})`;
  return remote === undefined ? 'On this computer' : `Remote (${remote})`;
}

function logInWords({ lastError, lastFailedRequest }: IssueReport): string {
  const lines = [
    ...(lastError === undefined ? [] : [`Last error: ${lastError}`]),
    ...(lastFailedRequest === undefined ? [] : [`Last failed request: ${lastFailedRequest}`]),
  ];
  return lines.length === 0 ? 'No error in this window.' : lines.join('\n');
}

/** For a package whose repository has no address. */
export const noIssueAddress =
  'This version has no address for issues, so the report is a new document. Complete it, and send it to the person who gave you this extension. Nothing was sent.';
