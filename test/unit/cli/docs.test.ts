import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { parse } from 'yaml';
import { accessFilePath } from '../../../src/access/accessFile/accessFilePath';
import { cliVerbs, helpText } from '../../../src/words/cliHelp';
import { projectsWith, support } from './acme';
import { installedTool, type ToolRun } from './installed';
import { useInstalledTool, useStage } from './stage';

const minutes = 60_000;
const page = join(process.cwd(), 'docs', 'access-as-code.md');

/** The blocks of code of a section, without the indentation of a list. */
async function blocks(heading: string, language: string): Promise<string[]> {
  const all = await readFile(page, 'utf8');
  const section = all.split(/^## /m).find((part) => part.startsWith(`${heading}\n`)) ?? '';
  return [...section.matchAll(/^( *)```(\w+)\n([\s\S]*?)^ *```$/gm)]
    .filter(([, , of]) => of === language)
    .map(([, indent = '', , code = '']) => code.replaceAll(new RegExp(`^${indent}`, 'gm'), ''));
}

type Fields = Readonly<Record<string, unknown>>;

interface WorkflowStep {
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
}

interface WorkflowJob extends Fields {
  readonly if: string;
  readonly steps: readonly WorkflowStep[];
  readonly concurrency?: { readonly group: string };
}

interface GitLabJob extends Fields {
  readonly variables?: Readonly<Record<string, string>>;
  readonly before_script?: readonly string[];
  readonly script: readonly string[];
  readonly rules: readonly { readonly if: string }[];
  readonly resource_group?: string;
}

// The commands are for shells of Unix.
if (process.platform !== 'win32')
  describe('the commands of the page about access as code', () => {
    const stage = useStage();

    useInstalledTool();

    beforeEach(async () => {
      const { tarball } = await installedTool();
      await mkdir(stage.workplace.path('tools'));
      await copyFile(tarball, stage.workplace.path('tools/checkpoint-access.tgz'));
    });

    /** Runs a script as a build does, against the emulator. */
    async function shell(
      script: string,
      env: Readonly<Record<string, string>> = {},
      input = '',
      onStart?: (child: ChildProcess) => void,
    ): Promise<ToolRun> {
      const { baseURL } = stage.acme.emulator;
      const here = script.replaceAll(/(?:npx |\.bin\/)checkpoint-access (\w+)/g, `$& --base-url ${baseURL}`);
      // From a file, as build systems do: bash itself replaces what it gets as an argument by its last command.
      await stage.workplace.write(here, 'script.sh');
      const child = spawn('bash', ['-e', '-o', 'pipefail', 'script.sh'], {
        cwd: stage.workplace.folder,
        // The files of npm are of this test alone.
        env: {
          PATH: process.env.PATH ?? '',
          HOME: stage.workplace.folder,
          npm_config_update_notifier: 'false',
          ...env,
        },
        stdio: ['pipe', 'pipe', 'pipe'],
      });
      child.stdin.end(input);
      onStart?.(child);
      const [[code], stdout, stderr] = await Promise.all([
        once(child, 'close'),
        text(child.stdout),
        text(child.stderr),
      ]);
      return { code: code as number | null, stdout, stderr };
    }

    async function succeeds(script: string, env?: Readonly<Record<string, string>>): Promise<void> {
      const { code, stdout, stderr } = await shell(script, env);
      assert.equal(code, 0, `${script}\n${stdout}${stderr}`);
    }

    /** Someone edits the file: access is granted, and a list becomes exact. */
    async function edit(): Promise<void> {
      const written = await stage.workplace.read();
      const start = written.indexOf('"grants": [', written.indexOf(support)) + '"grants": ['.length;
      const grant = `{ "project": "${stage.acme.projects.d}", "reason": "TICK-12" },`;
      await stage.workplace.write(`${written.slice(0, start)}${grant}${written.slice(start)}`);
      assert.equal((await stage.workplace.run(['fmt'])).code, 0);
    }

    it('set up a repository, in their order', async function () {
      this.timeout(3 * minutes);
      const [install = '', key = '', first = '', second = '', saved = '', ...others] = await blocks(
        'Ten minutes to a working setup',
        'sh',
      );
      assert.deepEqual(others, []);
      await succeeds(install);
      const { adminAPIKey } = stage.acme.emulator;
      const typed = await shell(`${key}printenv OPENAI_ADMIN_KEY`, {}, `${adminAPIKey}\n`);
      assert.equal(typed.stdout, `${adminAPIKey}\n`);
      const env = { OPENAI_ADMIN_KEY: adminAPIKey };
      const codes: (number | null)[] = [];
      for (const [index, block] of [first, second, saved].entries()) {
        if (index === 1) await edit();
        for (const line of block.trim().split('\n')) codes.push((await shell(line, env)).code);
      }
      assert.deepEqual(codes, [0, 0, 0, 0, 2, 2, 0]);
      assert.ok(projectsWith(stage.acme.emulator, support).includes(stage.acme.projects.d));
    });

    it('of the workflow for GitHub plan a pull request, apply the merge, and look each day', async function () {
      this.timeout(3 * minutes);
      const [yaml = '', ...others] = await blocks('GitHub Actions', 'yaml');
      assert.deepEqual(others, []);
      const workflow = parse(yaml) as {
        readonly permissions: Fields;
        readonly on: Fields;
        readonly jobs: Readonly<Record<string, WorkflowJob>>;
      };
      assert.deepEqual(workflow.permissions, { contents: 'read' });
      assert.deepEqual(Object.keys(workflow.on), ['pull_request', 'push', 'schedule']);
      const secrets = {
        OPENAI_ADMIN_READ_KEY: stage.acme.emulator.adminAPIKey,
        OPENAI_ADMIN_KEY: stage.acme.emulator.adminAPIKey,
      };
      const run = async (name: string): Promise<void> => {
        const job = workflow.jobs[name];
        assert.ok(job);
        const [, event = ''] = /github\.event_name == '(\w+)'/.exec(job.if) ?? [];
        for (const { run: script, env = {} } of job.steps) {
          if (script === undefined) continue;
          const filled = Object.entries(env).map(([variable, value]) => {
            const [, secret = ''] = /^\$\{\{ secrets\.(\w+) \}\}$/.exec(value) ?? [];
            assert.ok(Object.hasOwn(secrets, secret), value);
            if (event === 'pull_request') assert.equal(secret, 'OPENAI_ADMIN_READ_KEY');
            return [variable, secrets[secret as keyof typeof secrets]];
          });
          await succeeds(script, { GITHUB_EVENT_NAME: event, ...Object.fromEntries(filled) });
        }
      };
      assert.deepEqual(Object.keys(workflow.jobs), ['plan', 'apply', 'daily']);
      const { apply, daily } = workflow.jobs;
      assert.deepEqual(apply?.concurrency, { group: 'checkpoint-access', 'cancel-in-progress': false });
      assert.deepEqual(daily?.concurrency, apply?.concurrency);
      assert.equal((await stage.workplace.run(['init'])).code, 0);
      await edit();
      await run('plan');
      assert.ok(!projectsWith(stage.acme.emulator, support).includes(stage.acme.projects.d));
      await run('apply');
      assert.ok(projectsWith(stage.acme.emulator, support).includes(stage.acme.projects.d));
      await run('daily');
    });

    it('of the pipeline for GitLab do the same', async function () {
      this.timeout(3 * minutes);
      const [yaml = '', ...others] = await blocks('GitLab CI', 'yaml');
      assert.deepEqual(others, []);
      const pipeline = parse(yaml) as Readonly<Record<string, GitLabJob>>;
      const shared = pipeline['.checkpoint-access'];
      const key = stage.acme.emulator.adminAPIKey;
      const run = async (name: string): Promise<void> => {
        const job = pipeline[name];
        assert.ok(job && job.extends === '.checkpoint-access');
        const [, source = ''] = /\$CI_PIPELINE_SOURCE == "(\w+)"/.exec(job.rules[0]?.if ?? '') ?? [];
        const { OPENAI_ADMIN_KEY: given = '' } = job.variables ?? {};
        if (source === 'merge_request_event') assert.equal(given, '$OPENAI_ADMIN_READ_KEY');
        assert.match(given, /^\$OPENAI_ADMIN_(?:READ|WRITE)_KEY$/);
        const script = [...(shared?.before_script ?? []), ...job.script].join('\n');
        await succeeds(script, { CI_PIPELINE_SOURCE: source, OPENAI_ADMIN_KEY: key });
      };
      assert.equal((await stage.workplace.run(['init'])).code, 0);
      await edit();
      const names = Object.keys(pipeline).filter((name) => !name.startsWith('.'));
      assert.deepEqual(
        names,
        ['plan', 'apply', 'expire', 'drift'].map((verb) => `checkpoint-access-${verb}`),
      );
      for (const name of names) await run(name);
      assert.match(await stage.workplace.read('plan.md'), /TICK\\?-12/);
      assert.ok(projectsWith(stage.acme.emulator, support).includes(stage.acme.projects.d));
      for (const name of ['apply', 'expire'])
        assert.equal(pipeline[`checkpoint-access-${name}`]?.resource_group, 'checkpoint-access');
    });

    it('that change access get the signal of the build system', async function () {
      this.timeout(3 * minutes);
      const [github = ''] = await blocks('GitHub Actions', 'yaml');
      const [gitlab = ''] = await blocks('GitLab CI', 'yaml');
      const { jobs } = parse(github) as { readonly jobs: Readonly<Record<string, WorkflowJob>> };
      const scripts = [
        ...Object.values(jobs).flatMap(({ steps }) => steps.map(({ run }) => run ?? '')),
        ...Object.values(parse(gitlab) as Readonly<Record<string, Partial<GitLabJob>>>).map(
          ({ script = [] }) => script.join('\n'),
        ),
      ].filter((script) => /checkpoint-access (?:apply|expire)/.test(script));
      assert.equal(scripts.length, 4);
      await succeeds('npm install --no-save --offline ./tools/checkpoint-access.tgz');
      assert.equal((await stage.workplace.run(['init'])).code, 0);
      const { adminAPIKey } = stage.acme.emulator;
      for (const script of scripts) {
        const gate = stage.acme.emulator.hold('permissions.list');
        const before = stage.acme.emulator.requests.filter(({ endpoint }) => endpoint === 'permissions.list');
        const { code, stdout, stderr } = await shell(
          script,
          { OPENAI_ADMIN_KEY: adminAPIKey },
          '',
          (child) => {
            void stage.acme.emulator
              .requested(before.length + 1, 'permissions.list')
              .then(() => child.kill('SIGTERM'));
          },
        );
        gate.release();
        assert.equal(code, 4, `${script}\n${stdout}${stderr}`);
      }
    });

    it('name every command of the tool, and every option that it has', async () => {
      const all = await readFile(page, 'utf8');
      for (const verb of cliVerbs) {
        assert.ok(all.includes(`| \`${verb}`), verb);
        const options = helpText(verb).matchAll(/^ {2}(--[\w-]+)/gm);
        for (const [, option = ''] of options) {
          // What is only in the help has nothing to explain.
          const isSmall = ['--file', '--verbose', '--help', '--checkpoint', '--organization', '--force'];
          assert.ok(isSmall.includes(option) || all.includes(option), option);
        }
      }
      assert.ok(helpText().includes(accessFilePath));
    });

    it('name every key of the JSON format', async () => {
      await stage.workplace.write(await stage.workplace.run(['init']).then(() => stage.workplace.read()));
      await edit();
      const all = await readFile(page, 'utf8');
      const [, section = ''] = all.split('## The JSON format\n');
      for (const args of [['plan', '--out', 'plan.json'], ['drift'], ['apply', '--yes']]) {
        const report = JSON.parse((await stage.workplace.run([...args, '--format', 'json'])).stdout);
        for (const key of keysIn(report)) assert.ok(section.includes(`\`${key}\``), key);
      }
    });
  });

function keysIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return value.flatMap(keysIn);
  return Object.entries(value).flatMap(([key, inner]) => [key, ...keysIn(inner)]);
}
