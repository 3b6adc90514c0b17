import assert from 'node:assert/strict';
import { parseArguments } from '../../../src/cli/arguments';
import { cliName, cliVerbs, helpText } from '../../../src/words/cliHelp';

describe('the command line', () => {
  it('plans without a command, with the usual file, as text', () => {
    const parsed = parseArguments([]);
    assert.ok(parsed.kind === 'run');
    const { verb, file, format, baseURL, flags } = parsed.line;
    assert.deepEqual([verb, file, format, baseURL, [...flags]], ['plan', undefined, 'text', undefined, []]);
  });

  it('takes the last of an option, and every checkpoint', () => {
    const [one, two] = ['ft:gpt-4o:a:b:c', 'ft:gpt-4o:a:b:d'];
    const args = ['init', '--file=a', '--checkpoint', one, '--file', 'b', '--checkpoint', two];
    const parsed = parseArguments(args);
    assert.ok(parsed.kind === 'run');
    assert.equal(parsed.line.file, 'b');
    assert.deepEqual(parsed.line.checkpoints, [one, two]);
  });

  it('shows the help of a command, before or after it', () => {
    for (const args of [
      ['--help', 'drift'],
      ['drift', '--help'],
      ['drift', '-h', '--strict'],
    ])
      assert.deepEqual(parseArguments(args), { kind: 'help', verb: 'drift' });
    assert.deepEqual(parseArguments(['--help']), { kind: 'help' });
  });

  for (const verb of cliVerbs)
    it(`has examples of ${verb} that it accepts`, () => {
      const [, examples = ''] = helpText(verb).split('Examples:\n');
      const lines = examples.split('\n').filter((line) => line.startsWith(`  ${cliName} `));
      assert.ok(lines.length > 0);
      for (const line of lines) {
        const parsed = parseArguments(line.trim().split(' ').slice(1));
        assert.ok(parsed.kind === 'run', line);
        assert.equal(parsed.line.verb, verb);
      }
    });

  it('has a help whose lines fit a terminal, and that names every command', () => {
    for (const help of [helpText(), ...cliVerbs.map((verb) => helpText(verb))])
      for (const line of help.split('\n')) assert.ok(line.length <= 120, line);
    for (const verb of cliVerbs) assert.match(helpText(), new RegExp(`^ {2}${verb} `, 'm'));
  });
});
