import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { type IssueReport, issueAddress, issueInDocument } from '../../../src/words/issueReport';

const report: IssueReport = {
  extension: '1.2.3',
  editor: 'Visual Studio Code 1.100.0',
  system: 'linux x64',
  node: '20.19.0',
  isInBrowser: false,
  remote: undefined,
  lastError: 'The API refused: a & b = 100% + more',
  lastFailedRequest: 'GET /organization/projects 403 12 ms',
};
const log = `Last error: ${report.lastError}\nLast failed request: ${report.lastFailedRequest}`;

describe('the report of an issue', () => {
  it('fills in the fields that the issue form has', () => {
    const { searchParams, pathname } = new URL(issueAddress('https://github.com/o/n/issues', report));
    assert.equal(pathname, '/o/n/issues/new');
    const { template, ...fields } = Object.fromEntries(searchParams);
    assert.deepEqual(fields, {
      versions: 'Checkpoint Permissions 1.2.3, Visual Studio Code 1.100.0, linux x64, Node.js 20.19.0',
      window: 'On this computer',
      log,
    });
    const form = parse(readFileSync(`.github/ISSUE_TEMPLATE/${template}`, 'utf8'));
    const ids = form.body.map(({ id }: { readonly id?: string }) => id);
    for (const field of Object.keys(fields)) assert.ok(ids.includes(field), field);
  });

  it('has an address that a browser takes, however long the error is', () => {
    const long = { ...report, lastError: '\u{1f6a2} "%'.repeat(2000) };
    assert.ok(issueAddress('https://github.com/o/n/issues', long).length < 8000 * 3);
  });

  it('says where VS Code runs, and that there was no error', () => {
    const window = (changed: Partial<IssueReport>) =>
      new URL(issueAddress('https://github.com/o/n/issues', { ...report, ...changed })).searchParams;
    assert.equal(window({ remote: 'ssh-remote' }).get('window'), 'Remote (ssh-remote)');
    assert.equal(window({ isInBrowser: true }).get('window'), 'In a browser');
    const none = { lastError: undefined, lastFailedRequest: undefined };
    assert.equal(window(none).get('log'), 'No error in this window.');
  });

  it('is the same as a document, where text cannot leave its block', () => {
    const text = issueInDocument({ ...report, lastError: '``` ## Versions' });
    assert.match(text, /Checkpoint Permissions 1\.2\.3/);
    assert.equal(text.match(/^## Versions$/gm)?.length, 1);
    assert.equal(text.match(/```/g)?.length, 2);
    const form = parse(readFileSync('.github/ISSUE_TEMPLATE/bug.yml', 'utf8'));
    for (const { attributes, validations } of form.body)
      if (validations?.required) assert.ok(text.includes(attributes.label), attributes.label);
  });
});
