import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { workflowParser } from './workflowParser';

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

interface Job {
  readonly permissions?: unknown;
  readonly 'timeout-minutes'?: number;
  readonly steps: readonly Step[];
  readonly strategy?: { readonly matrix: Readonly<Record<string, readonly string[]>> };
}

interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly concurrency?: unknown;
  readonly jobs: Readonly<Record<string, Job>>;
}

const folder = '.github/workflows';
const manifest = JSON.parse(readFileSync('package.json', 'utf8'));
const scripts: Readonly<Record<string, string>> = manifest.scripts;
const files = readdirSync(folder).map((name) => {
  const text = readFileSync(join(folder, name), 'utf8');
  return { name, text, workflow: parse(text) as Workflow };
});

const pinned = /^[\w.-]+\/[\w./-]+@[0-9a-f]{40}$/;

/** What our own rules find wrong with a workflow. */
function faultsOf(text: string): string[] {
  const { on, permissions, concurrency, jobs } = parse(text) as Workflow;
  const faults: string[] = [];
  const check = (isRight: boolean, fault: string): void => {
    if (!isRight) faults.push(fault);
  };
  const rights = Object.entries(permissions ?? {});
  check(rights.length > 0 && rights.every(([, right]) => right === 'read'), 'permissions');
  check(concurrency !== undefined, 'concurrency');
  // With the secrets of the repository, it would run what a stranger wrote.
  check(!('pull_request_target' in on), 'pull_request_target');
  check(!('pull_request' in on) || !/\$\{\{[^}]*\bsecrets\b/.test(text), 'secrets');
  for (const line of text.match(/^.*\buses:.*$/gm) ?? [])
    check(/@\S+ # v\d+\.\d+\.\d+$/.test(line), `version in ${line.trim()}`);
  for (const [name, job] of Object.entries(jobs)) {
    check(job.permissions === undefined, `permissions of ${name}`);
    check(job['timeout-minutes'] !== undefined, `time limit of ${name}`);
    for (const { uses, run, with: inputs } of job.steps) {
      if (uses !== undefined) {
        check(pinned.test(uses), `pin of ${uses}`);
        if (uses.startsWith('actions/checkout@'))
          check(inputs?.['persist-credentials'] === false, `credentials in ${name}`);
      }
      // A title or a branch name that someone chose would become a part of the command.
      check(!/\$\{\{\s*github\.(event|head_ref)/.test(run ?? ''), `event in ${name}`);
    }
  }
  return faults;
}

describe('the workflows', () => {
  let faultsByGitHub: (content: string) => Promise<string[]>;
  before(async () => {
    faultsByGitHub = await workflowParser();
  });

  it('are right by the schema and the parser of GitHub', async () => {
    assert.ok(files.length > 1);
    for (const { name, text } of files) assert.deepEqual(await faultsByGitHub(text), [], name);
  });

  it('are judged by a schema that finds what is wrong', async () => {
    const [{ text } = { text: '' }] = files;
    const wrong = [
      [text.replace('runs-on:', 'run-on:'), /run-on/],
      [text.replace('- uses:', '- use:'), /Unexpected value 'use'/],
      [text.replace('contents: read', 'contents: some'), /Unexpected value 'some'/],
      [text.replaceAll('matrix.os }}', 'metrix.os }}'), /metrix/],
    ] as const;
    for (const [changed, fault] of wrong) {
      assert.notEqual(changed, text);
      assert.match((await faultsByGitHub(changed)).join('\n'), fault);
    }
  });

  it('have few rights, pinned actions, and no secrets where others write the code', () => {
    for (const { name, text } of files) assert.deepEqual(faultsOf(text), [], name);
  });

  it('are judged by rules that find what is wrong', () => {
    const text = files.find(({ name }) => name === 'ci.yml')?.text ?? '';
    const wrong: readonly [string, string | RegExp, string][] = [
      ['permissions', 'contents: read', 'contents: write'],
      ['permissions', 'permissions:\n  contents: read\n', ''],
      ['concurrency', /^concurrency:\n( .*\n)+/m, ''],
      ['pull_request_target', 'pull_request:', 'pull_request_target:'],
      ['secrets', 'run: npm ci\n', 'run: npm ci $' + '{{ secrets.TOKEN }}\n'],
      ['pin of actions/cache@v5', /actions\/cache@\S+/, 'actions/cache@v5'],
      ['credentials in package', '        with:\n          persist-credentials: false\n', ''],
      ['time limit of package', '    timeout-minutes: 20\n', ''],
      ['event in package', 'npm run lint', 'echo $' + '{{ github.event.pull_request.title }}'],
    ];
    for (const [fault, before, after] of wrong) {
      const changed = text.replace(before, after);
      assert.notEqual(changed, text, fault);
      assert.ok(faultsOf(changed).includes(fault), `${fault}: ${faultsOf(changed).join()}`);
    }
    assert.match(faultsOf(text.replace(/ # v7\.0\.1\n/, '\n')).join(), /^version in/);
  });

  it('use one version of each action', () => {
    const uses = files.flatMap(({ text }) => text.match(/[\w./-]+@[0-9a-f]{40} # v\S+/g) ?? []);
    const actions = new Set(uses.map((each) => each.split('@')[0]));
    assert.equal(new Set(uses).size, actions.size);
  });

  it('run scripts that exist, with each value of their matrix', () => {
    const run = files.flatMap(({ workflow }) =>
      Object.values(workflow.jobs).flatMap(({ steps, strategy }) =>
        steps.flatMap(({ run: command = '' }) =>
          [...command.matchAll(/npm run ([\w:]+)(\$\{\{ matrix\.(\w+) \}\})?/g)].flatMap(
            ([, script = '', inserted, of = '']) =>
              inserted ? (strategy?.matrix[of] ?? []).map((value) => script + value) : [script],
          ),
        ),
      ),
    );
    assert.ok(run.includes('test:oldest') && run.includes('test:desktop'));
    assert.deepEqual(
      run.filter((script) => !(script in scripts)),
      [],
    );
  });

  it('test on three systems in the oldest VS Code, the stable one, and the next', () => {
    const ci = files.find(({ name }) => name === 'ci.yml')?.workflow;
    const matrix = ci?.jobs.desktop?.strategy?.matrix;
    assert.deepEqual(matrix?.os, ['ubuntu-latest', 'macos-latest', 'windows-latest']);
    assert.deepEqual(matrix?.vscode, ['oldest', 'stable', 'insiders']);
    const pieces = JSON.parse(readFileSync('test/host/vscode/pieces.json', 'utf8'));
    assert.equal(`^${pieces.oldest.vscode.replace(/\.\d+$/, '.0')}`, manifest.engines.vscode);
  });

  it('install with the oldest Node.js that is supported', () => {
    const versions = files.flatMap(({ text }) => [...text.matchAll(/node(?:-version)?: "([\d.]+)"/g)]);
    assert.ok(versions.some(([, version]) => version === '20.19'));
  });
});
