import assert from 'node:assert/strict';
import type { LogOutputChannel } from 'vscode';
import { Log } from '../../../src/editor/log';
import { rememberKey } from '../../../src/text/redact';
import { hostileBeginnings, hostileNames } from '../../hostileNames';

describe('the log', () => {
  const lines: string[] = [];
  const write = (line: string): void => {
    lines.push(line);
  };
  const log = new Log({ info: write, warn: write, error: write } as unknown as LogOutputChannel);
  beforeEach(() => {
    lines.length = 0;
  });

  it('has one short line for each hostile text, which steers nothing', () => {
    for (const name of Object.values(hostileNames)) {
      log.info(name);
      log.error(`The server says: ${name}`);
      log.request({
        method: 'GET',
        path: `/projects/${name}`,
        ms: 3,
        attempt: 1,
        requestId: name,
        status: 404,
      });
    }
    assert.equal(lines.length, 3 * hostileBeginnings.length);
    for (const line of lines) {
      assert.doesNotMatch(line, /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
      assert.ok(line.length <= 2000, `${line.length}`);
    }
    for (const beginning of hostileBeginnings)
      assert.equal(lines.filter((line) => line.includes(beginning)).length, 3, beginning);
  });

  it('has no key, wherever it stands', () => {
    const key = ['sk', 'admin', 'canary', 'log'].join('-');
    rememberKey(key);
    log.info(`a ${key}`);
    log.error(`b ${key.slice(0, 5)}\u200b${key.slice(5)}`);
    log.request({ method: 'GET', path: `/x/${key}`, ms: 3, attempt: 0, status: 200, requestId: key });
    assert.equal(lines.length, 3);
    for (const line of lines) assert.ok(!line.includes('canary'), line);
  });

  it('Truth 20: has names and IDs that look like secrets as they are', () => {
    const path = '/v1/fine_tuning/checkpoints/ft:gpt-4.1:acme:sk-learn-router:CZtsdFlR/permissions';
    log.request({ method: 'GET', path, ms: 3, attempt: 0, status: 200, requestId: 'req_1' });
    log.info('Granted sk-sales-emea access. Cookie: recipes');
    assert.ok(lines[0]?.includes(path));
    assert.ok(lines[1]?.endsWith('sk-sales-emea access. Cookie: recipes'));
  });

  it('knows the last failure and the last failed request, for the report of an issue', () => {
    log.error('one');
    log.error('two\nlines');
    assert.equal(log.lastError, lines.at(-1));
    log.request({ method: 'GET', path: '/failed', ms: 3, attempt: 0, status: 500 });
    const failed = lines.at(-1);
    log.request({ method: 'GET', path: '/worked', ms: 3, attempt: 0, status: 200 });
    log.info('three');
    assert.equal(log.lastFailedRequest, failed);
    assert.match(failed ?? '', /\/failed 500/);
  });
});
