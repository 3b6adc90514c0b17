import assert from 'node:assert/strict';
import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { devNull } from 'node:os';
import { accessFilePath } from '../../../src/access/accessFile/accessFilePath';
import {
  notSavedPlanInWords,
  organizationNotForFile,
  organizationUnknown,
  railInWords,
  staleInWords,
} from '../../../src/words/accessFile';
import {
  errorsInFile,
  formatted,
  inSync,
  keyMissing,
  notEverythingLoaded,
  notFormatted,
  notRegularFile,
  notUTF8,
  organizationMissing,
  planOverFile,
  refusedForPullRequest,
  removalsOption,
  usage,
  valid,
  wasFormatted,
} from '../../../src/words/cli';
import { helpText } from '../../../src/words/cliHelp';
import { type Fault, faults, type RequestRecord } from '../../emulator';
import { accessFile, changesAt, organizationName, projectsWith, reader, support } from './acme';
import { startTool } from './installed';
import { useInstalledTool, useStage } from './stage';

const ended = '2020-01-31';

describe('the installed command-line tool', () => {
  const stage = useStage();

  useInstalledTool();

  /** A file that is as access is. */
  const asItIs = () =>
    accessFile({
      [support]: {
        ownership: 'exact',
        grants: [{ project: stage.acme.projects.b }, { project: stage.acme.projects.c }],
      },
      [reader]: { ownership: 'exact', grants: [{ project: stage.acme.projects.b }] },
    });

  /** A file that grants one and revokes one. */
  const withChanges = () =>
    accessFile({
      [support]: {
        ownership: 'exact',
        grants: [{ project: stage.acme.projects.b }, { project: stage.acme.projects.d, reason: 'TICK-1' }],
      },
    });

  describe('ends with 0', () => {
    it('for a plan of what is so already, with a request for each list and one for the projects', async () => {
      await stage.workplace.write(asItIs());
      const { code, stdout } = await stage.workplace.run([]);
      assert.equal(code, 0, stdout);
      assert.equal(stage.acme.emulator.requests.length, 3);
      assert.ok(stage.acme.emulator.requests.every(({ method }) => method === 'GET'));
    });

    it('when changes were made and confirmed, grants first', async () => {
      await stage.workplace.write(withChanges());
      const { code, stdout } = await stage.workplace.run(['apply', '--yes']);
      assert.equal(code, 0, stdout);
      const { b, d } = stage.acme.projects;
      assert.deepEqual(projectsWith(stage.acme.emulator, support), [b, d]);
      const [first, second, ...others] = changesAt(stage.acme.emulator);
      assert.equal(first, `grant ${JSON.stringify({ project_ids: [d] })}`);
      assert.match(second ?? '', /^revoke cp_/);
      assert.deepEqual(others, []);
      assert.equal((await stage.workplace.run(['apply', '--yes'])).code, 0);
      assert.equal((await stage.workplace.run(['drift'])).code, 0);
      assert.equal(changesAt(stage.acme.emulator).length, 2, 'nothing is done twice');
    });

    it('for init, whose file plans nothing, and for each check of that file', async () => {
      const init = await stage.workplace.run(['init']);
      assert.equal(init.code, 0, init.stdout);
      for (const args of [
        ['plan'],
        ['drift'],
        ['drift', '--strict'],
        ['validate'],
        ['validate', '--online'],
        ['fmt', '--check'],
        ['fmt', '--check', '--names'],
      ]) {
        const { code, stdout } = await stage.workplace.run(args);
        assert.equal(code, 0, `${args.join(' ')}: ${stdout}`);
      }
      const plan = JSON.parse((await stage.workplace.run(['plan', '--format', 'json'])).stdout);
      assert.deepEqual(plan.changes, []);
      assert.ok((await stage.workplace.read()).includes(support));
    });

    it('for expire, which revokes what has ended and nothing else', async () => {
      const { b, d } = stage.acme.projects;
      await stage.workplace.write(
        accessFile({
          [support]: {
            ownership: 'exact',
            grants: [
              { project: b, until: ended },
              { project: d, reason: 'TICK-1' },
            ],
          },
        }),
      );
      const { code, stdout } = await stage.workplace.run(['expire', '--yes']);
      assert.equal(code, 0, stdout);
      assert.deepEqual(projectsWith(stage.acme.emulator, support), [stage.acme.projects.c]);
      assert.equal(changesAt(stage.acme.emulator).length, 1);
    });

    it('for help, for the version, and for a check without a key', async () => {
      const { folder } = stage.workplace;
      await stage.workplace.write(asItIs());
      assert.deepEqual(await (await startTool(['--help'], { folder })).ended, {
        code: 0,
        stdout: helpText(),
        stderr: '',
      });
      const version = await (await startTool(['--version'], { folder })).ended;
      assert.match(version.stdout, /^\d+\.\d+\.\d+\n$/);
      const check = await (await startTool(['validate'], { folder })).ended;
      assert.equal(check.code, 0);
      assert.ok(check.stdout.includes(valid));
      assert.equal(stage.acme.emulator.requests.length, 0);
    });

    it('for fmt, which keeps comments', async () => {
      await stage.workplace.write(`// why\n${asItIs().replaceAll(/\n */g, ' ')}`);
      const check = await stage.workplace.run(['fmt', '--check']);
      assert.equal(check.code, 2);
      assert.ok(check.stdout.includes(notFormatted));
      const { code, stdout } = await stage.workplace.run(['fmt']);
      assert.equal(code, 0);
      assert.ok(stdout.includes(wasFormatted));
      assert.ok((await stage.workplace.run(['fmt'])).stdout.includes(formatted));
      assert.match(await stage.workplace.read(), /^\/\/ why\n\{\n {2}"version": 1,/);
    });
  });

  describe('ends with 1', () => {
    it('without a key, and sends nothing', async () => {
      await stage.workplace.write(asItIs());
      const { code, stderr, stdout } = await stage.workplace.run(['plan'], { OPENAI_ADMIN_KEY: '' });
      assert.equal(code, 1);
      assert.ok(stderr.includes(keyMissing));
      assert.equal(stdout, '');
      assert.equal(stage.acme.emulator.requests.length, 0);
    });

    it('for a key that the API rejects, after one request', async () => {
      await stage.workplace.write(asItIs());
      const { code } = await stage.workplace.run(['plan'], { OPENAI_ADMIN_KEY: 'test-key-of-nobody' });
      assert.equal(code, 1);
      assert.equal(stage.acme.emulator.requests.length, 1);
    });

    it('for a base URL that no key may be sent to', async () => {
      await stage.workplace.write(asItIs());
      const { code } = await stage.workplace.run(['plan', '--base-url', 'http://api.example.com/v1']);
      // The last one counts, and that is the emulator's.
      assert.equal(code, 0);
      const { folder } = stage.workplace;
      const run = await startTool(['plan', '--base-url', 'http://api.example.com/v1'], {
        folder,
        env: { OPENAI_ADMIN_KEY: 'test-key-of-nobody' },
      });
      assert.equal((await run.ended).code, 1);
    });

    it('for a project that is not there, and each run looks again, so one created since is there', async () => {
      const { emulator } = stage.acme;
      const granting = (project: string) =>
        accessFile({ [support]: { ownership: 'additive', grants: [{ project, reason: 'TICK-1' }] } });
      await stage.workplace.write(granting('proj_nowhere'));
      const { code, stdout } = await stage.workplace.run(['plan']);
      assert.equal(code, 1);
      assert.match(stdout, /has no project proj_nowhere \(project list loaded just now\)/);
      const lists = emulator.requests.filter(({ endpoint }) => endpoint === 'projects.list');
      assert.equal(lists.length, 1, 'the list is of this run, so it is not asked for twice');
      await stage.workplace.write(granting(emulator.organization.state.addProject('New').id));
      assert.equal((await stage.workplace.run(['apply', '--yes'])).code, 0);
    });

    it('without a file, and for init where there is one', async () => {
      assert.equal((await stage.workplace.run(['plan'])).code, 1);
      await stage.workplace.write(asItIs());
      assert.equal((await stage.workplace.run(['init'])).code, 1);
      assert.equal(await stage.workplace.read(), asItIs());
      assert.equal(stage.acme.emulator.requests.length, 0);
      assert.equal((await stage.workplace.run(['init', '--force'])).code, 0);
      assert.notEqual(await stage.workplace.read(), asItIs());
    });

    it('for a file that is no UTF-8, which fmt leaves as it is', async () => {
      const latin = Buffer.from(`// caf\u00e9\n${asItIs().replaceAll(/\n */g, ' ')}`, 'latin1');
      await stage.workplace.write(asItIs());
      await writeFile(stage.workplace.path(accessFilePath), latin);
      for (const args of [['validate'], ['fmt'], ['plan']]) {
        const { code, stderr } = await stage.workplace.run(args);
        assert.equal(code, 1, args.join(' '));
        assert.ok(stderr.includes(notUTF8(accessFilePath)), stderr);
      }
      assert.deepEqual(await readFile(stage.workplace.path(accessFilePath)), latin);
      assert.equal(stage.acme.emulator.requests.length, 0);
    });

    it('for what is no regular file, also by a link: it may have no end', async () => {
      const { workplace, acme } = stage;
      await mkdir(workplace.path('folder'));
      const paths = ['folder'];
      if (process.platform !== 'win32') {
        await symlink(devNull, workplace.path('device.jsonc'));
        paths.push('device.jsonc');
      }
      for (const path of paths) {
        for (const args of [
          ['validate', '--file', path],
          ['apply', '--yes', path],
        ]) {
          const { code, stderr } = await workplace.run(args);
          assert.equal(code, 1, args.join(' '));
          assert.ok(stderr.includes(notRegularFile(path)), stderr);
        }
      }
      assert.equal(acme.emulator.requests.length, 0);
    });

    it('for init, if no file can say what the API calls the organization', async () => {
      const name = 'Acme Corp GmbH';
      stage.acme.emulator.fail(undefined, {
        name: 'a name with spaces',
        processed: true,
        answer: (answer) => ({ ...answer, headers: { ...answer.headers, 'openai-organization': name } }),
      });
      const { code, stderr } = await stage.workplace.run(['init']);
      assert.equal(code, 1, stderr);
      assert.ok(stderr.includes(organizationNotForFile(name)), stderr);
      await assert.rejects(stage.workplace.read());
    });

    it('for a file with a problem, with its place, whatever the command', async () => {
      await stage.workplace.write(asItIs().replace('"exact"', '"Exact"'));
      for (const args of [
        ['validate'],
        ['plan'],
        ['drift'],
        ['apply', '--yes'],
        ['expire', '--yes'],
        ['fmt'],
      ]) {
        const { code, stdout } = await stage.workplace.run(args);
        assert.equal(code, 1, args.join(' '));
        assert.match(stdout, /^\.openai\/checkpoint-access\.jsonc:6:20: error: /m);
      }
      assert.equal(stage.acme.emulator.requests.length, 0);
    });

    it('for an error of the file that only the organization tells, and applies nothing', async () => {
      const { b, d } = stage.acme.projects;
      await stage.workplace.write(
        accessFile({ [support]: { ownership: 'exact', grants: [{ project: b }, { project: d }] } }),
      );
      assert.equal((await stage.workplace.run(['validate'])).code, 0);
      for (const args of [['validate', '--online'], ['plan'], ['apply', '--yes']])
        assert.equal((await stage.workplace.run(args)).code, 1, args.join(' '));
      assert.ok((await stage.workplace.run(['apply', '--yes'])).stdout.includes(errorsInFile));
      assert.deepEqual(changesAt(stage.acme.emulator), []);
    });

    it('when not everything could be loaded, and revokes nothing because of that', async () => {
      await stage.workplace.write(withChanges());
      const path = new RegExp(`${support}/permissions$`);
      stage.acme.emulator.fail({ method: 'GET', path }, faults.status(403));
      for (const args of [
        ['plan'],
        ['drift'],
        ['apply', '--yes'],
        ['validate', '--online'],
        ['expire', '--yes'],
      ])
        assert.equal((await stage.workplace.run(args)).code, 1, args.join(' '));
      assert.deepEqual(changesAt(stage.acme.emulator), []);
    });

    it('when a list breaks off, of which nothing is revoked', async () => {
      const { organization } = stage.acme.emulator;
      const long = `${support.slice(0, -1)}L`;
      organization.addCheckpoint(long, { owner: stage.acme.projects.a, permissions: 150 });
      await stage.workplace.write(
        accessFile({ [long]: { ownership: 'exact', grants: [] } }, { limits: { removals: 1000 } }),
      );
      const isSecondPage = ({ query, endpoint }: RequestRecord) =>
        endpoint === 'permissions.list' && query.after !== undefined;
      stage.acme.emulator.fail(isSecondPage, faults.status(403));
      for (const args of [['plan'], ['apply', '--yes']])
        assert.equal((await stage.workplace.run(args)).code, 1, args.join(' '));
      assert.deepEqual(changesAt(stage.acme.emulator), []);
      assert.equal(projectsWith(stage.acme.emulator, long).length, 150);
    });

    it('when the projects could not be loaded', async () => {
      await stage.workplace.write(withChanges());
      stage.acme.emulator.fail('projects.list', faults.status(403));
      assert.equal((await stage.workplace.run(['plan'])).code, 1);
      const { code, stdout } = await stage.workplace.run(['apply', '--yes']);
      assert.equal(code, 1);
      assert.ok(stdout.includes(notEverythingLoaded));
      assert.deepEqual(changesAt(stage.acme.emulator), []);
    });

    it('for a strict search that is not complete', async () => {
      await stage.workplace.write(asItIs());
      stage.acme.emulator.fail('auditLogs.list', faults.status(403));
      assert.equal((await stage.workplace.run(['drift'])).code, 0);
      assert.equal((await stage.workplace.run(['drift', '--strict'])).code, 1);
    });

    it('for init, if a list was skipped', async () => {
      const path = new RegExp(`${support}/permissions$`);
      stage.acme.emulator.fail({ method: 'GET', path }, faults.status(403));
      const { code, stdout } = await stage.workplace.run(['init']);
      assert.equal(code, 1, stdout);
      const text = await stage.workplace.read();
      assert.ok(text.includes(reader) && !text.includes(support));
    });

    it('when every change is refused', async () => {
      await stage.workplace.write(withChanges());
      stage.acme.emulator.removeScopes('api.fine_tuning.checkpoints.write');
      const { code, stdout } = await stage.workplace.run(['apply', '--yes']);
      assert.equal(code, 1, stdout);
    });
  });

  describe('ends with 2', () => {
    it('for a plan with changes, which sends none', async () => {
      await stage.workplace.write(withChanges());
      const { code, stdout } = await stage.workplace.run(['plan']);
      assert.equal(code, 2, stdout);
      assert.match(stdout, /^ {2}\+ Grant Project d \(proj_\w+\) · TICK-1$/m);
      assert.match(stdout, /^ {2}- Revoke Project c \(proj_\w+\), cp_\w+ · not in the file$/m);
      assert.deepEqual(changesAt(stage.acme.emulator), []);
    });

    it('for drift; what is outside of the file counts only strictly', async () => {
      await stage.workplace.write(
        accessFile({ [support]: { ownership: 'additive', grants: [{ project: stage.acme.projects.b }] } }),
      );
      const lenient = await stage.workplace.run(['drift', '--format', 'json']);
      assert.equal(lenient.code, 0, lenient.stdout);
      const strict = await stage.workplace.run(['drift', '--strict', '--format', 'json']);
      assert.equal(strict.code, 2);
      for (const { stdout } of [lenient, strict]) {
        const { messages, differences } = JSON.parse(stdout);
        assert.deepEqual(differences, { count: 0, strict: 2 });
        const kinds = messages.map(({ kind }: { kind: string }) => kind);
        assert.deepEqual(kinds, ['beyond', 'unmanaged']);
      }
      await stage.workplace.write(withChanges());
      assert.equal((await stage.workplace.run(['drift'])).code, 2);
    });
  });

  describe('ends with 3', () => {
    const pullRequest = { GITHUB_EVENT_NAME: 'pull_request' };

    it('for the key of another organization, before any list is loaded', async () => {
      await stage.workplace.write(withChanges().replace(organizationName, 'org-other'));
      for (const args of [
        ['plan'],
        ['drift'],
        ['apply', '--yes'],
        ['expire', '--yes'],
        ['validate', '--online'],
      ]) {
        const { code, stderr } = await stage.workplace.run(args);
        assert.equal(code, 3, args.join(' '));
        const rail = { kind: 'otherOrganization', file: 'org-other', live: organizationName } as const;
        assert.ok(stderr.includes(railInWords(rail)));
      }
      assert.ok(stage.acme.emulator.requests.every(({ endpoint }) => endpoint === 'projects.list'));
    });

    it('for more removals than the file allows, unless their exact number is allowed', async () => {
      await stage.workplace.write(
        accessFile({ [support]: { ownership: 'exact', grants: [] } }, { limits: { removals: 1 } }),
      );
      const { code, stdout } = await stage.workplace.run(['apply', '--yes']);
      assert.equal(code, 3);
      const rail = { kind: 'tooManyRemovals', removals: 2, limit: 1 } as const;
      assert.ok(stdout.includes(`${railInWords(rail)} ${removalsOption(2)}`));
      for (const number of ['1', '3', '0'])
        assert.equal(
          (await stage.workplace.run(['apply', '--yes', '--allow-removals', number])).code,
          3,
          number,
        );
      assert.deepEqual(changesAt(stage.acme.emulator), []);
      assert.equal((await stage.workplace.run(['plan'])).code, 2, 'a plan only says so');
      assert.equal((await stage.workplace.run(['apply', '--yes', '--allow-removals', '2'])).code, 0);
      assert.deepEqual(projectsWith(stage.acme.emulator, support), []);
    });

    it('never for removals that a last day ends', async () => {
      const grants = [stage.acme.projects.b, stage.acme.projects.c].map((project) => ({
        project,
        until: ended,
      }));
      await stage.workplace.write(
        accessFile({ [support]: { ownership: 'exact', grants } }, { limits: { removals: 0 } }),
      );
      assert.equal((await stage.workplace.run(['apply', '--yes'])).code, 0);
      assert.deepEqual(projectsWith(stage.acme.emulator, support), []);
    });

    it('for a saved plan whose file or access changed, and 0 for one that is as it was', async () => {
      await stage.workplace.write(withChanges());
      const plan = async () => (await stage.workplace.run(['plan', '--out', 'plan.json'])).code;
      const apply = () => stage.workplace.run(['apply', 'plan.json', '--yes']);
      assert.equal(await plan(), 2);
      await stage.workplace.write(`${withChanges()}\n`);
      const otherFile = await apply();
      assert.equal(otherFile.code, 3);
      assert.ok(otherFile.stderr.includes(staleInWords('file')));
      assert.equal(await plan(), 2);
      const { state } = stage.acme.emulator.organization;
      const shared = state.checkpoints.get(support);
      assert.ok(shared);
      const { id } = state.addPermission(shared, stage.acme.projects.e, state.seconds());
      const otherAccess = await apply();
      assert.equal(otherAccess.code, 3);
      assert.ok(otherAccess.stderr.includes(staleInWords('live')));
      assert.deepEqual(changesAt(stage.acme.emulator), []);
      assert.ok(state.removePermission(shared, id));
      const { code, stdout } = await apply();
      assert.equal(code, 0, stdout);
      assert.deepEqual(projectsWith(stage.acme.emulator, support), [
        stage.acme.projects.b,
        stage.acme.projects.d,
      ]);
      assert.equal((await apply()).code, 3, 'a plan is applied once');
    });

    it('for a plan that was changed or is none', async () => {
      await stage.workplace.write(withChanges());
      await stage.workplace.run(['plan', '--out', 'plan.json']);
      const saved = await stage.workplace.read('plan.json');
      for (const [text, problem] of [
        [saved.replace(stage.acme.projects.d, 'no project'), 'damaged'],
        ['{}', 'notAPlan'],
        ['', 'notJSON'],
      ] as const) {
        await stage.workplace.write(text, 'plan.json');
        const { code, stderr } = await stage.workplace.run(['apply', 'plan.json', '--yes']);
        assert.equal(code, 3);
        assert.ok(stderr.includes(notSavedPlanInWords(problem)), stderr);
      }
      assert.deepEqual(changesAt(stage.acme.emulator), []);
    });

    it('for a pull request, before anything is sent', async () => {
      await stage.workplace.write(withChanges());
      for (const args of [
        ['apply', '--yes'],
        ['expire', '--yes'],
      ]) {
        const { code, stderr } = await stage.workplace.run(args, pullRequest);
        assert.equal(code, 3);
        assert.ok(stderr.includes(refusedForPullRequest('GitHub Actions')));
      }
      assert.equal(stage.acme.emulator.requests.length, 0);
      assert.equal((await stage.workplace.run(['plan'], pullRequest)).code, 2, 'a plan is what it is for');
    });
  });

  describe('ends with 4', () => {
    it('when a checkpoint fails, which stops no other', async () => {
      const { b, d } = stage.acme.projects;
      await stage.workplace.write(
        accessFile({
          [support]: { ownership: 'exact', grants: [{ project: b }, { project: d, reason: 'TICK-1' }] },
          [reader]: { ownership: 'exact', grants: [{ project: b }, { project: d, reason: 'TICK-1' }] },
        }),
      );
      const path = new RegExp(support);
      stage.acme.emulator.fail({ method: 'POST', path }, faults.status(403));
      const { code, stdout } = await stage.workplace.run(['apply', '--yes']);
      assert.equal(code, 4, stdout);
      assert.deepEqual(projectsWith(stage.acme.emulator, reader), [b, d]);
    });

    it('when a list could not be loaded, and the rest was changed', async () => {
      const { b, d } = stage.acme.projects;
      const grants = [{ project: b }, { project: d, reason: 'TICK-1' }];
      await stage.workplace.write(
        accessFile({ [support]: { ownership: 'exact', grants }, [reader]: { ownership: 'exact', grants } }),
      );
      const path = new RegExp(`${support}/permissions$`);
      stage.acme.emulator.fail({ method: 'GET', path }, faults.status(403));
      const { code, stdout } = await stage.workplace.run(['apply', '--yes', '--format', 'json']);
      assert.equal(code, 4, stdout);
      assert.deepEqual(projectsWith(stage.acme.emulator, reader), [b, d]);
      assert.equal(projectsWith(stage.acme.emulator, support).length, 2);
    });

    it('when changes were accepted and not confirmed', async () => {
      await stage.workplace.write(withChanges());
      const gate = stage.acme.emulator.hold('permissions.delete', 'processed');
      const running = await stage.workplace.start(['apply', '--yes', '--format', 'json']);
      await stage.acme.emulator.requested(1, 'permissions.delete');
      stage.acme.emulator.fail('permissions.list', faults.status(403));
      gate.release();
      const { code, stdout } = await running.ended;
      assert.equal(code, 4, stdout);
      const results = JSON.parse(stdout).changes.map(
        ({ outcome }: { outcome: { result: string } }) => outcome.result,
      );
      assert.deepEqual(results, ['unverified', 'unverified']);
    });

    it('when access that it revoked is granted again before it was read back', async () => {
      const { b, c } = stage.acme.projects;
      await stage.workplace.write(
        accessFile({ [support]: { ownership: 'exact', grants: [{ project: b }] } }),
      );
      const { state } = stage.acme.emulator.organization;
      stage.acme.emulator.fail('permissions.delete', {
        name: 'granted again',
        processed: true,
        answer: (answer) => {
          const checkpoint = state.checkpoints.get(support);
          assert.ok(checkpoint);
          state.addPermission(checkpoint, c);
          return answer;
        },
      });
      const { code, stdout } = await stage.workplace.run(['apply', '--yes', '--format', 'json']);
      assert.equal(code, 4, stdout);
      const { changes, messages } = JSON.parse(stdout);
      assert.equal(changes[0].outcome.result, 'done');
      assert.deepEqual(
        messages.map(({ severity, kind }: { severity: string; kind: string }) => [severity, kind]),
        [['warning', 'grantedAgain']],
      );
      assert.deepEqual(projectsWith(stage.acme.emulator, support), [b, c]);
    });

    it('for an owner that only the refusal tells: the others of the batch get access', async () => {
      const { a, b, c, d } = stage.acme.projects;
      const grants = [
        { project: b },
        { project: c },
        ...[a, d].map((project) => ({ project, reason: 'TICK-1' })),
      ];
      await stage.workplace.write(accessFile({ [support]: { ownership: 'exact', grants } }));
      const { code, stdout } = await stage.workplace.run(['apply', '--yes']);
      assert.equal(code, 4, stdout);
      assert.deepEqual(projectsWith(stage.acme.emulator, support), [b, c, d]);
    });
  });

  describe('ends with 64, and sends nothing,', () => {
    const cases: readonly (readonly [readonly string[], string])[] = [
      [['blow-up'], usage.unknownCommand('blow-up')],
      [['plan', '--force'], usage.notForCommand('--force', 'plan')],
      [['--colour'], usage.unknownOption('--colour')],
      [['plan', '--out', '--strict'], usage.valueMissing('--out')],
      [['plan', '--out='], usage.valueMissing('--out')],
      [['drift', '--strict=yes'], usage.noValue('--strict')],
      [['plan', 'extra'], usage.unexpected('extra')],
      [['apply', 'a', 'b', '--yes'], usage.unexpected('b')],
      [['plan', '--format', 'xml'], usage.notFormat('xml')],
      [['apply', '--yes', '--allow-removals', 'all'], usage.notNumber('all')],
      [['init', '--checkpoint', 'gpt-4o'], usage.notCheckpoint('gpt-4o')],
      [['init', '--organization', 'Acme Corp'], usage.notOrganization('Acme Corp')],
      [['apply'], usage.yesMissing('apply')],
      [['expire'], usage.yesMissing('expire')],
    ];
    for (const [args, sentence] of cases)
      it(`for ${args.join(' ')}`, async () => {
        await stage.workplace.write(withChanges());
        const { code, stdout, stderr } = await stage.workplace.run(args);
        assert.equal(code, 64, stderr);
        assert.equal(stdout, '');
        assert.ok(stderr.startsWith(sentence), stderr);
        assert.equal(stage.acme.emulator.requests.length, 0);
      });

    it('for a plan that would replace the file it is made from, by whatever name', async () => {
      await stage.workplace.write(withChanges());
      await symlink(stage.workplace.path(accessFilePath), stage.workplace.path('plan.json'));
      for (const out of [`./.openai/../${accessFilePath}`, 'plan.json']) {
        const { code, stderr } = await stage.workplace.run(['plan', '--out', out]);
        assert.equal(code, 64, out);
        assert.ok(stderr.includes(planOverFile(out)), stderr);
      }
      assert.equal(await stage.workplace.read(), withChanges());
      assert.equal(stage.acme.emulator.requests.length, 0);
    });

    it('for a key as an argument, which is not repeated', async () => {
      const key = 'sk-admin-madeUpKeyForTests';
      for (const args of [['plan', '--key', key], [key], [`--key=${key}`]]) {
        const { code, stdout, stderr } = await stage.workplace.run(args);
        assert.equal(code, 64);
        assert.ok(stderr.startsWith(usage.key));
        assert.ok(!`${stdout}${stderr}`.includes(key));
      }
    });
  });

  it('plans for a gateway that does not name the organization, and says so; init needs the name', async () => {
    const unnamed: Fault = {
      name: 'no organization in the headers',
      processed: true,
      answer: ({ headers, ...answer }) => {
        const { 'openai-organization': _, ...others } = headers as Record<string, string>;
        return { ...answer, headers: others };
      },
    };
    stage.acme.emulator.fail(undefined, unnamed);
    const missing = await stage.workplace.run(['init']);
    assert.equal(missing.code, 1);
    assert.ok(missing.stderr.includes(organizationMissing));
    const written = await stage.workplace.run([
      'init',
      '--organization',
      organizationName,
      '--format',
      'json',
    ]);
    assert.equal(written.code, 0);
    assert.deepEqual(JSON.parse(written.stdout).organization, { file: organizationName });
    const { code, stdout } = await stage.workplace.run(['plan']);
    assert.equal(code, 0, stdout);
    assert.ok(stdout.includes(organizationUnknown));
  });

  it('says that access is as the file says', async () => {
    await stage.workplace.write(asItIs());
    assert.ok((await stage.workplace.run(['apply', '--yes'])).stdout.includes(inSync));
  });
});
