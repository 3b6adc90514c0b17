import assert from 'node:assert/strict';
import { parse as parseMarkdown } from 'marked';
import { hostileNames } from '../../hostileNames';
import { accessFile, reader, support } from './acme';
import { runInProcess } from './inProcess';
import { useStage } from './stage';

const formats = ['text', 'json', 'markdown', 'github'] as const;

/** Names that a build system takes for commands, besides those that other surfaces have trouble with. */
const names = {
  ...hostileNames,
  github: '::error file=a,line=1::stolen',
  githubInLines: 'name\n::set-output name=x::y\r\n::add-mask::z',
  azure: '##vso[task.setvariable variable=x]y',
  githubOld: '##[add-path]/tmp',
  percent: '100%0A::error::x',
  separators: 'a\u2028::error::b\u2029c\u0085d',
} as const;

describe('the formats of reports', () => {
  const stage = useStage();

  const run = (...args: string[]) => runInProcess(stage.workplace, args);

  /** A change of each kind, an error, a warning, and a fact. */
  const busy = () => {
    const { b, c, d, e } = stage.acme.projects;
    return accessFile({
      [support]: {
        ownership: 'exact',
        grants: [
          { project: b, until: '2020-01-31' },
          { project: d, name: 'Another name', reason: 'TICK-1' },
          { project: e },
        ],
      },
      [reader]: { ownership: 'additive', grants: [{ project: c, reason: 'TICK | 2' }] },
    });
  };

  it('JSON has a documented shape, with a change for each step', async () => {
    await stage.workplace.write(busy());
    const { stdout } = await run('plan', '--format', 'json');
    const report = JSON.parse(stdout);
    assert.deepEqual(Object.keys(report), [
      'format',
      'version',
      'command',
      'result',
      'exitCode',
      'file',
      'organization',
      'day',
      'loadedAt',
      'changes',
      'messages',
      'differences',
      'summary',
    ]);
    const { b, c, d } = stage.acme.projects;
    const brief = report.changes.map((change: Record<string, unknown>) => [
      change.action,
      change.checkpoint,
      change.project,
      change.projectName,
      change.why,
      change.reason,
      change.until,
    ]);
    assert.deepEqual(brief, [
      ['grant', support, d, 'Project d', 'listed', 'TICK-1', undefined],
      ['grant', reader, c, 'Project c', 'listed', 'TICK | 2', undefined],
      ['revoke', support, b, 'Project b', 'ended', undefined, '2020-01-31'],
      ['revoke', support, c, 'Project c', 'notListed', undefined, undefined],
    ]);
    assert.ok(
      report.changes
        .slice(2)
        .every(({ permissionId }: { permissionId: string }) => /^cp_/.test(permissionId)),
    );
    const kinds = report.messages.map(({ severity, kind }: Record<string, unknown>) => `${severity} ${kind}`);
    assert.deepEqual(kinds, ['error reasonMissing', 'warning otherName', 'information beyond']);
    assert.equal(report.exitCode, 1);
  });

  it('GitHub gets an annotation for each message, at its place, and a step summary', async () => {
    await stage.workplace.write(busy());
    const env = { GITHUB_STEP_SUMMARY: stage.workplace.path('summary.md') };
    await stage.workplace.write('before\n', 'summary.md');
    const { stdout } = await runInProcess(stage.workplace, ['plan', '--format', 'github'], { env });
    const commands = stdout.split('\n').filter((line) => line.startsWith('::'));
    assert.equal(commands.length, 3);
    assert.match(
      commands[0] ?? '',
      /^::error file=\.openai\/checkpoint-access\.jsonc,line=17,col=9,title=reasonMissing::Project e /,
    );
    assert.match(commands[1] ?? '', /^::warning .*title=otherName::/);
    assert.match(commands[2] ?? '', /^::notice .*title=beyond::/);
    const summary = await stage.workplace.read('summary.md');
    assert.ok(summary.startsWith('before\n## '));
    const html = await parseMarkdown(summary);
    assert.equal(html.match(/<tr>/g)?.length, 5);
    assert.ok(html.includes('TICK | 2'));
  });

  it('a summary that cannot be written changes nothing else', async () => {
    await stage.workplace.write(busy());
    const env = { GITHUB_STEP_SUMMARY: stage.workplace.path('no/such/folder.md') };
    const { code, stderr } = await runInProcess(stage.workplace, ['plan', '--format', 'github'], { env });
    assert.equal(code, 1);
    assert.match(stderr, /ENOENT/);
  });

  it('colors and a bar are for a terminal only, and colors not with NO_COLOR', async () => {
    await stage.workplace.write(busy());
    const sequence = '\u001b[';
    const plain = await run('plan');
    assert.ok(!plain.stdout.includes(sequence) && !plain.stderr.includes(sequence));
    assert.ok(!plain.stderr.includes('['));
    const terminal = await runInProcess(stage.workplace, ['plan'], { isTTY: true });
    assert.ok(terminal.stdout.includes(`${sequence}32m+`));
    assert.match(terminal.stderr, /\[#+-*\] /);
    assert.ok(terminal.stderr.endsWith(`\r${sequence}K`), 'the line is removed');
    const env = { NO_COLOR: '1' };
    const uncolored = await runInProcess(stage.workplace, ['plan'], { isTTY: true, env });
    assert.ok(!uncolored.stdout.includes(sequence));
    assert.equal(uncolored.stdout, plain.stdout);
    for (const format of ['json', 'markdown', 'github']) {
      const { stdout } = await runInProcess(stage.workplace, ['plan', '--format', format], { isTTY: true });
      assert.ok(!stdout.includes(sequence), format);
    }
  });

  for (const [kind, name] of Object.entries(names))
    it(`a hostile name is only a name in each of them: ${kind}`, async () => {
      const { state } = stage.acme.emulator.organization;
      const { id } = state.addProject(name);
      const extra = state.addProject(`${name} too`).id;
      const shared = state.checkpoints.get(support);
      assert.ok(shared);
      state.addPermission(shared, extra, state.seconds());
      await stage.workplace.write(
        accessFile({
          [support]: {
            ownership: 'exact',
            grants: [
              { project: stage.acme.projects.b, name: name.slice(0, 200) },
              { project: stage.acme.projects.c, name: 'c' },
              { project: id, reason: name.slice(0, 200) },
            ],
          },
        }),
      );
      for (const command of ['plan', 'drift'])
        for (const format of formats) {
          const { code, stdout, stderr } = await run(command, '--format', format);
          assert.equal(code, 2, stdout);
          for (const text of [stdout, stderr]) {
            assert.doesNotMatch(text, /[^\P{C}\n]|[\u2028\u2029]/u, 'nothing invisible');
            assert.doesNotMatch(text, /##\w*\[/);
            const commands = text.split('\n').filter((line) => /^\s*::/.test(line));
            const own = /^::(?:error|warning|notice) file=[^:]*,title=\w+::(?!.*\n::)/;
            assert.ok(
              format === 'github' ? commands.every((line) => own.test(line)) : commands.length === 0,
              commands.join('\n'),
            );
          }
          if (format === 'json') {
            const { changes } = JSON.parse(stdout);
            assert.equal(
              changes.find(({ project }: { project: string }) => project === id).projectName,
              name,
            );
          }
          if (format === 'markdown') {
            const html = await parseMarkdown(stdout);
            assert.doesNotMatch(html, /<(?:img|script|a)\b/);
          }
        }
    });
});
