import assert from 'node:assert/strict';
import { NotDeletedError } from '../../../src/access/plan/answer';
import type { Step } from '../../../src/access/plan/plan';
import {
  APIConnectionError,
  APIError,
  APIUserAbortError,
  type ConnectionFailure,
  IncompleteListError,
  InsecureBaseURLError,
} from '../../../src/openai';
import {
  explainInTerminal,
  explainProjectsInTerminal,
  fileFailure,
  loadingAllLists,
  notComplete,
  notPossible,
  outcomeCounts,
  outcomeInTerminal,
  planCounts,
  problemInTerminal,
  removalsOption,
  requestLine,
  usage,
} from '../../../src/words/cli';

const grant: Step = { action: 'grant', checkpoint: 'ft:a:b:c:d', project: 'proj_a' };
const revoke: Step = { ...grant, action: 'revoke', permissionId: 'cp_a' };
const done = { step: grant, result: 'done', by: 'us' } as const;
const notSent = { step: revoke, result: 'notSent' } as const;
const failed = {
  step: revoke,
  result: 'failed',
  error: new NotDeletedError(),
  readBack: true,
  mayStillHappen: false,
} as const;

describe('the words of the command line', () => {
  it('count the changes of a plan', () => {
    assert.equal(planCounts([]), 'Nothing to change.');
    assert.equal(planCounts([grant]), '1 change: 1 to grant, 0 to revoke.');
    assert.equal(planCounts([grant, revoke, revoke]), '3 changes: 1 to grant, 2 to revoke.');
    assert.equal(notPossible(0), '');
    assert.equal(notPossible(1), "1 change can't be made.");
    assert.equal(notPossible(2), "2 changes can't be made.");
  });

  it('count outcomes', () => {
    assert.equal(outcomeCounts([done], false), '1 change was made and confirmed.');
    assert.equal(outcomeCounts([done, done], false), '2 changes were made and confirmed.');
    assert.equal(
      outcomeCounts([done, notSent, failed], true),
      "1 of 3 changes were made and confirmed. 1 failed or isn't confirmed. 1 wasn't sent. The run was canceled. Run plan to see what is left.",
    );
    assert.equal(
      outcomeCounts([notSent, notSent], true),
      "0 of 2 changes were made and confirmed. 2 weren't sent. The run was canceled. Run plan to see what is left.",
    );
    assert.equal(outcomeCounts([], true), 'The run was canceled.');
    assert.equal(outcomeCounts([notSent], false), "The change wasn't sent. Run plan to see what is left.");
    assert.equal(
      outcomeCounts([failed], false),
      "The change failed or isn't confirmed. Run plan to see what is left.",
    );
  });

  it('say what is missing', () => {
    assert.equal(notComplete(0, true), '');
    assert.equal(
      notComplete(1, false),
      "The permissions of 1 checkpoint couldn't be loaded completely, so this isn't everything. The list of projects couldn't be loaded completely.",
    );
    assert.equal(
      notComplete(2, true),
      "The permissions of 2 checkpoints couldn't be loaded completely, so this isn't everything.",
    );
    assert.equal(loadingAllLists(1), 'Loading 1 list');
    assert.equal(loadingAllLists(1200), 'Loading 1,200 lists');
    assert.equal(removalsOption(12), 'To allow it for one run, use --allow-removals 12.');
  });

  it('say what became of a change', () => {
    const organization = {} as Parameters<typeof outcomeInTerminal>[1];
    const of = (outcome: Parameters<typeof outcomeInTerminal>[0]) => outcomeInTerminal(outcome, organization);
    assert.equal(of(done), 'done and confirmed');
    assert.equal(of({ ...done, by: 'others' }), 'already in effect: someone else did it');
    assert.equal(of({ ...done, by: 'perhapsUs' }), 'in effect and confirmed, perhaps by someone else');
    assert.equal(of(notSent), 'not sent, because it was canceled');
    assert.equal(
      of(failed),
      "failed. The API reported that it didn't delete the permission. Run plan to check again.",
    );
    assert.match(
      of({ ...failed, mayStillHappen: true }),
      /^not in effect yet, and it may still take effect\. /,
    );
  });

  it('report a request', () => {
    const path = '/v1/organization/projects?limit=100';
    assert.equal(
      requestLine({ method: 'GET', path, attempt: 0, ms: 12, status: 200, requestId: 'req_a' }),
      `GET ${path} 200 · 12 ms · req_a`,
    );
    assert.equal(
      requestLine({ method: 'GET', path, attempt: 1, ms: 1200, error: 'ECONNREFUSED' }),
      `GET ${path} ECONNREFUSED · 1200 ms`,
    );
  });

  it('name files and what to do about them', () => {
    assert.equal(
      fileFailure('read', 'a.jsonc', 'ENOENT'),
      'There is no file a.jsonc. Use init to write one, or --file to name it.',
    );
    assert.equal(fileFailure('read', 'a.jsonc', 'EACCES'), "The file a.jsonc can't be opened (EACCES).");
    assert.equal(
      fileFailure('write', 'a.jsonc', 'EEXIST'),
      'The file a.jsonc exists. Use --force to replace it.',
    );
    assert.equal(fileFailure('write', 'a.jsonc', undefined), "The file a.jsonc can't be written.");
    const empty = { kind: 'syntax', fault: 'empty', offset: 0, length: 0, line: 1, column: 1 } as const;
    assert.equal(problemInTerminal(empty), 'The file is empty. Use init to begin with current access.');
  });

  it('never repeat a key that was typed', () => {
    const key = 'sk-admin-madeUpKeyForTests';
    for (const say of [usage.unknownCommand, usage.unknownOption, usage.unexpected, usage.notFormat])
      assert.ok(!say(key).includes(key));
  });

  it('name no button, no setting, and no command of the editor, whatever fails', () => {
    const connection = (kind: ConnectionFailure) => new APIConnectionError({ kind, host: 'api.example.com' });
    const response = (status: number) => new APIError(status, { message: 'No.' }, undefined, undefined);
    const errors: unknown[] = [
      new APIUserAbortError(),
      new NotDeletedError(),
      new IncompleteListError(3, 'stuckCursor'),
      new InsecureBaseURLError('notHTTPS', new URL('http://api.example.com')),
      new InsecureBaseURLError('invalid'),
      new Error('other'),
      ...(
        [
          'refused',
          'dns',
          'notLoopback',
          'unreachable',
          'timeout',
          'reset',
          'certificate',
          'tls',
          'proxy',
          'proxyAuth',
          'protocol',
          'other',
        ] as const
      ).map(connection),
      ...[400, 401, 403, 404, 409, 422, 429, 500].map(response),
    ];
    for (const error of errors)
      for (const text of [explainInTerminal(error), explainProjectsInTerminal(error)]) {
        assert.doesNotMatch(text, /…|\bsetting\b|Show Log|Set Admin|Checkpoints view|Refresh/, text);
        assert.match(text, /\. \S/);
      }
  });
});
