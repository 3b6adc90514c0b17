import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import * as fc from 'fast-check';
import { rememberKey } from '../../../src/text/redact';
import { type CurlRequest, curl } from '../../../src/views/details/curl';

const base = 'https://api.example.test/v1';

/** The arguments of `curl` when a shell runs the text. The key variable has a value that isn't a key. */
function given(script: string): string[] {
  const stub = `curl() { for each in "$@"; do printf '%s\\0' "$each"; done; }\n`;
  const output = execFileSync('/bin/sh', ['-c', stub + script], {
    env: { OPENAI_ADMIN_KEY: 'value' },
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return output.split('\0').slice(0, -1);
}

function written(request: CurlRequest): string {
  const script = curl(base, request);
  assert.ok(script !== undefined);
  return script;
}

describe('the curl of a request', () => {
  const id = 'ft:gpt-4.1-2025-04-14:acme:bot:CZtsdFlR:ckpt-step-16';
  const segments = ['fine_tuning', 'checkpoints', id, 'permissions'];

  it('reads as people write it, with the key as a variable', () => {
    assert.equal(
      written({ method: 'GET', segments, query: { limit: 100, order: 'descending' } }),
      `curl -sS '${base}/fine_tuning/checkpoints/${id}/permissions?limit=100&order=descending' \\\n  -H "Authorization: Bearer $OPENAI_ADMIN_KEY"`,
    );
  });

  it('gives curl a method, headers and a body', () => {
    const body = { project_ids: ['proj_a'] };
    assert.deepEqual(given(written({ method: 'POST', segments, body })), [
      ...['-sS', '-X', 'POST', `${base}/fine_tuning/checkpoints/${id}/permissions`],
      ...['-H', 'Authorization: Bearer value'],
      ...['-H', 'Content-Type: application/json', '-d', JSON.stringify(body)],
    ]);
  });

  it('passes any id whole through a shell, and runs nothing that is in it', () => {
    const hostile = fc.constantFrom(
      ...[
        "'",
        '"',
        '$(touch x)',
        '`id`',
        ';',
        '&',
        '|',
        '\\',
        '\n',
        '!',
        '*',
        '~',
        '%27',
        '\u202e',
        '#',
        'é',
        '$HOME',
      ],
    );
    const text = fc
      .array(fc.oneof(hostile, fc.string({ minLength: 1 })), { minLength: 1 })
      .map((all) => all.join(''));
    void fc.assert(
      fc.property(text, text, text, (project, after, permission) => {
        fc.pre(!/\0/.test(project + after + permission));
        const script = written({
          method: 'POST',
          segments: ['a', `x${permission}`],
          query: { after },
          body: { project_ids: [project] },
        });
        // Every character is printable, and there are no other lines.
        assert.match(script, /^[\x20-\x7e\n]*$/);
        assert.equal(script.split('\n').length, 4);
        const [, , , url = '', , , , , , sent = ''] = given(script);
        const parsed = new URL(url);
        assert.equal(decodeURIComponent(parsed.pathname.split('/').at(-1) ?? ''), `x${permission}`);
        assert.equal(parsed.searchParams.get('after'), after);
        assert.deepEqual(JSON.parse(sent), { project_ids: [project] });
      }),
      { numRuns: 150 },
    );
  });

  it('is none for an id that no request can be made of', () => {
    for (const segment of ['', '.', '..', '\ud800'])
      assert.equal(curl(base, { method: 'GET', segments: ['a', segment] }), undefined);
    assert.equal(curl(base, { method: 'GET', segments: ['a'], query: { after: '\ud800' } }), undefined);
  });

  it('Truth 20: has IDs that look like secrets as they are', () => {
    const model = 'ft:gpt-4.1-2025-04-14:acme:sk-learn-router:CZtsdFlR';
    const script = written({ method: 'GET', segments: ['x', model], query: { after: 'sk-sales-emea' } });
    assert.ok(script.includes(`${base}/x/${model}?after=sk-sales-emea`), script);
  });

  it('gives no key away that stands in an id', () => {
    const key = ['sk', 'admin', 'canary123'].join('-');
    rememberKey(key);
    const script = written({ method: 'POST', segments: [key], query: { key }, body: { project_ids: [key] } });
    assert.ok(!script.includes('canary'));
  });
});
