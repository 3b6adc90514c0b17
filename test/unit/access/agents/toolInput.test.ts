import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import Ajv from 'ajv';
import {
  parseExplainAccess,
  parseListAccess,
  parseStageChanges,
  ToolInputError,
} from '../../../../src/access/agents/toolInput';
import { mostToolChanges } from '../../../../src/access/thresholds';
import { toolIds } from '../../../../src/ids';

const checkpoint = 'ft:gpt-4.1-2025-04-14:harbor-labs:bot:Aa1Bb2Cc';
const project = 'proj_one';
const change = { action: 'grant', project, checkpoint };

interface ContributedTool {
  readonly name: string;
  readonly displayName: string;
  readonly toolReferenceName: string;
  readonly modelDescription: string;
  readonly userDescription: string;
  readonly inputSchema: object;
}

const manifest = JSON.parse(readFileSync('package.json', 'utf8'));
const contributed: readonly ContributedTool[] = manifest.contributes.languageModelTools;
const parsers = {
  listAccess: parseListAccess,
  explainAccess: parseExplainAccess,
  stageChanges: parseStageChanges,
} as const;
type ToolName = keyof typeof parsers;

function problemOf(name: ToolName, input: unknown): string | undefined {
  try {
    parsers[name](input);
    return undefined;
  } catch (error) {
    assert.ok(error instanceof ToolInputError);
    return error.problem;
  }
}

function schemaTakes(name: ToolName, input: unknown): boolean {
  const schema = contributed.find((tool) => tool.name === toolIds[name])?.inputSchema;
  assert.ok(schema);
  return new Ajv({ strict: true }).validate(schema, input);
}

describe('the input of a tool', () => {
  const good: readonly (readonly [ToolName, unknown])[] = [
    ['listAccess', {}],
    ['listAccess', { checkpoint }],
    ['listAccess', { project: 'Berth planning', load: true }],
    ['listAccess', { checkpoint: '', project }],
    ['explainAccess', { checkpoint, project, load: false }],
    ['stageChanges', { changes: [change] }],
    ['stageChanges', { changes: Array(mostToolChanges).fill({ ...change, action: 'revoke' }) }],
  ];
  /** The schema refuses these, too. */
  const bad: readonly (readonly [ToolName, unknown, string])[] = [
    ['listAccess', undefined, 'noObject'],
    ['listAccess', [], 'noObject'],
    ['listAccess', 'all', 'noObject'],
    ['listAccess', { everything: true }, 'unknownProperty'],
    ['listAccess', { checkpoint: 1 }, 'checkpoint'],
    ['listAccess', { project: 'x'.repeat(401) }, 'project'],
    ['listAccess', { load: 1 }, 'load'],
    ['explainAccess', { project }, 'checkpoint'],
    ['explainAccess', { checkpoint, project: '' }, 'project'],
    ['stageChanges', {}, 'changes'],
    ['stageChanges', { changes: [] }, 'changes'],
    ['stageChanges', { changes: Array(mostToolChanges + 1).fill(change) }, 'tooManyChanges'],
    ['stageChanges', { changes: [change], apply: true }, 'unknownProperty'],
    ['stageChanges', { changes: [{ ...change, force: true }] }, 'unknownProperty'],
    ['stageChanges', { changes: [{ ...change, action: 'apply' }] }, 'changeAction'],
    ['stageChanges', { changes: [{ ...change, project: 'Berth planning' }] }, 'changeProject'],
    ['stageChanges', { changes: [{ ...change, checkpoint: 'gpt-4.1' }] }, 'changeCheckpoint'],
  ];
  /** What a schema can't say. */
  const worse: readonly (readonly [ToolName, unknown, string])[] = [
    ['listAccess', { checkpoint, project }, 'bothNamed'],
    ['explainAccess', { checkpoint: '  ', project }, 'checkpoint'],
    ['stageChanges', { changes: [{ ...change, project: 'proj_../keys' }] }, 'changeProject'],
    ['stageChanges', { changes: [{ ...change, checkpoint: 'ft:incomplete' }] }, 'changeCheckpoint'],
  ];

  it('is taken by the schema and by the code', () => {
    for (const [name, input] of good) {
      assert.equal(problemOf(name, input), undefined);
      assert.ok(schemaTakes(name, input), JSON.stringify(input));
    }
  });

  it('is refused by the schema and by the code', () => {
    for (const [name, input, problem] of bad) {
      assert.equal(problemOf(name, input), problem, JSON.stringify(input));
      assert.ok(!schemaTakes(name, input), JSON.stringify(input));
    }
  });

  it('is refused by the code where a schema is too weak', () => {
    for (const [name, input, problem] of worse) {
      assert.equal(problemOf(name, input), problem, JSON.stringify(input));
      assert.ok(schemaTakes(name, input), JSON.stringify(input));
    }
  });

  it('loads nothing unless it says so', () => {
    for (const input of [{}, { load: null }, { load: false }])
      assert.equal(parseListAccess(input).load, false);
    assert.equal(parseListAccess({ load: true }).load, true);
  });

  it('is not part of an error', () => {
    const error = new ToolInputError('changeProject');
    assert.equal(error.message, 'changeProject');
  });
});

describe('the tools in the manifest', () => {
  it('are those of the code, by names that language models and VS Code take', () => {
    assert.deepEqual(contributed.map(({ name }) => name).sort(), Object.values(toolIds).sort());
    for (const { name, toolReferenceName } of contributed) {
      assert.match(name, /^[\w-]{1,64}$/);
      assert.match(name, /_[a-z]+_[a-z]+$/);
      assert.match(toolReferenceName, /^[\w-]+$/);
    }
    assert.equal(new Set(contributed.map(({ toolReferenceName }) => toolReferenceName)).size, 3);
  });

  it('say to people and to language models what they do', () => {
    for (const { displayName, userDescription, modelDescription, inputSchema } of contributed) {
      assert.match(displayName, /^([A-Z]\w+ ?)+$/);
      assert.match(userDescription, /\.$/);
      // Longer ones are cut, or cost each request of a chat.
      assert.ok(modelDescription.length <= 1000, displayName);
      assert.ok('additionalProperties' in inputSchema);
    }
  });

  it('never promise that a tool applies changes', () => {
    const stage = contributed.find(({ name }) => name === toolIds.stageChanges);
    assert.match(stage?.modelDescription ?? '', /It never applies them/);
  });
});
