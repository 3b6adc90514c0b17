import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { type Node, parseTree } from 'jsonc-parser';
import { defaultRemovals, mostRemovals } from '../../../../src/access/accessFile/accessFile';
import { accessFilePath } from '../../../../src/access/accessFile/accessFilePath';
import { keysOf, mostProblems, parseAccessFile } from '../../../../src/access/accessFile/parseAccessFile';
import { isDay } from '../../../../src/access/evidence/review/accepted';
import { findingKinds } from '../../../../src/access/evidence/review/finding';
import { atOnce } from '../../../../src/access/slices';
import { problemInWords, problemsInWords } from '../../../../src/words/accessFile';
import { assertLinear } from '../../../growth/measure';
import { fileSamples, fileText, model, oneCheckpoint, otherModel } from './fileSamples';

const schema = JSON.parse(readFileSync('schemas/checkpoint-access.schema.json', 'utf8'));
// Its own keywords are those of the editor.
const validate = new Ajv({ strict: false, allErrors: true }).compile(schema);

/** The value of a tree, with every key as a property of its own. */
function valueIn(node: Node | undefined): unknown {
  if (node?.type === 'array') return (node.children ?? []).map(valueIn);
  if (node?.type !== 'object') return node?.value;
  const object = {};
  for (const { children = [] } of node.children ?? [])
    Object.defineProperty(object, children[0]?.value, {
      value: valueIn(children[1]),
      enumerable: true,
      configurable: true,
    });
  return object;
}

function isValidBySchema(text: string): boolean {
  return validate(valueIn(parseTree(text.replace(/^\uFEFF/, ''), [], { allowTrailingComma: true })));
}

function problemsOf(text: string) {
  const reading = atOnce(parseAccessFile(text));
  return 'problems' in reading ? reading.problems : [];
}

function fileOf(text: string) {
  const reading = atOnce(parseAccessFile(text));
  assert.ok('file' in reading, 'problems' in reading ? reading.problems.map(problemInWords).join('\n') : '');
  return reading.file;
}

describe('an access file', () => {
  for (const { title, text, kinds, isForParserOnly } of fileSamples) {
    it(`is judged by the parser${isForParserOnly ? '' : ' and the schema'}: ${title}`, () => {
      assert.deepEqual(
        problemsOf(text).map(({ kind }) => kind),
        kinds,
      );
      if (!isForParserOnly) assert.equal(isValidBySchema(text), kinds.length === 0);
      for (const problem of problemsOf(text)) {
        const words = problemInWords(problem);
        assert.match(words, /[.]$/);
        assert.doesNotMatch(words, /undefined|\[object|[\u202e\u200b]|sk-/);
      }
    });
  }

  it('has a problem that shows why an ID is none, also what cannot be seen', () => {
    const [problem] = problemsOf(fileText({ [`${model}\u200b`]: { ownership: 'exact', grants: [] } }));
    assert.ok(problem?.kind === 'notCheckpoint' && problemInWords(problem).includes(`${model}\\u200b`));
    const key = 'sk-admin-madeUpKeyForTests';
    const [holding] = problemsOf(fileText({ [`${key.slice(0, 12)}\u200b${key.slice(12)}`]: {} }));
    assert.ok(holding && !/madeUp|KeyFor/.test(problemInWords(holding)));
  });

  it('has a problem that does not say of a number that it is one', () => {
    const [problem] = problemsOf(fileText({}, { limits: { removals: 1.5 } }));
    assert.ok(problem?.kind === 'wrongType' && problem.found === 'number');
    assert.match(problemInWords(problem), /must be a whole number\.$/);
  });

  it('keeps its order, and says what it leaves to defaults', () => {
    const grants = [
      { project: 'proj_b' },
      { project: 'proj_a', name: 'A', reason: 'R', until: '2027-01-10' },
    ];
    const file = fileOf(
      fileText({
        [otherModel]: { ownership: 'additive', grants: [] },
        [model]: { ownership: 'exact', grants },
      }),
    );
    assert.equal(file.removals, defaultRemovals);
    assert.deepEqual(
      file.checkpoints.map(({ id, ownership }) => [id, ownership]),
      [
        [otherModel, 'additive'],
        [model, 'exact'],
      ],
    );
    assert.deepEqual(
      file.checkpoints[1]?.grants.map(({ places, ...grant }) => grant),
      grants,
    );
  });

  it('gives the place of each value', () => {
    const text = `// c\r\n${oneCheckpoint([{ project: 'proj_a', until: '2027-01-10' }])}`;
    const [checkpoint] = fileOf(text).checkpoints;
    const [grant] = checkpoint?.grants ?? [];
    assert.ok(checkpoint && grant?.places.until);
    const at = ({ offset, length }: { offset: number; length: number }) =>
      text.slice(offset, offset + length);
    assert.equal(at(checkpoint.places.id), `"${model}"`);
    assert.equal(at(checkpoint.places.ownership), '"exact"');
    assert.match(at(checkpoint.places.grants), /^\[[\s\S]*\]$/);
    assert.equal(at(grant.places.project), '"proj_a"');
    assert.equal(at(grant.places.until), '"2027-01-10"');
    assert.match(at(grant.places.grant), /^\{[\s\S]*\}$/);
  });

  it('has problems with line and column from 1, whatever ends its lines', () => {
    for (const eol of ['\n', '\r\n', '\r']) {
      const text = `\uFEFF{${eol}  "version": 1,${eol}  "organization": "proj_a",${eol}  "checkpoints": {}${eol}}`;
      const [problem] = problemsOf(text);
      assert.deepEqual([problem?.line, problem?.column], [3, 19], JSON.stringify(eol));
      assert.equal(text.slice(problem?.offset, (problem?.offset ?? 0) + (problem?.length ?? 0)), '"proj_a"');
    }
  });

  it('lists a bounded number of problems, and says how many there are', () => {
    const reading = atOnce(parseAccessFile(oneCheckpoint(Array.from({ length: 500 }, () => ({ x: 1 })))));
    assert.ok('problems' in reading);
    assert.equal(reading.problems.length, mostProblems);
    assert.equal(reading.total, 1000);
    assert.match(problemsInWords(reading.total, mostProblems), /1,000 problems.*first 100/);
  });

  it('survives any text', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.json().map((text) => text),
          fc.tuple(fc.nat(), fc.string({ unit: 'grapheme', maxLength: 4 })).map(([at, put]) => {
            const text = fileSamples[1]?.text ?? '';
            return text.slice(0, at % text.length) + put + text.slice((at % text.length) + 1);
          }),
        ),
        (text) => {
          const reading = atOnce(parseAccessFile(text));
          if ('file' in reading) return;
          assert.ok(reading.total > 0);
          for (const { line, column } of reading.problems) assert.ok(line > 0 && column > 0);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('has a schema with the same keys, findings, and limits', () => {
    const { properties, definitions } = schema;
    const objects = {
      file: schema,
      limits: properties.limits,
      checkpoint: definitions.managed,
      grant: definitions.grant,
      acceptance: definitions.acceptance,
    };
    for (const [name, { required, optional }] of Object.entries(keysOf)) {
      const object = objects[name as keyof typeof objects];
      assert.deepEqual(Object.keys(object.properties).sort(), [...required, ...optional].sort(), name);
      assert.deepEqual((object.required ?? []).toSorted(), required.toSorted(), name);
      assert.equal(object.additionalProperties, false, name);
      for (const [key, { description }] of Object.entries<{ description?: string }>(object.properties))
        assert.match(description ?? '', /\.$/, key);
    }
    assert.deepEqual(definitions.acceptance.properties.finding.enum, findingKinds);
    assert.equal(properties.limits.properties.removals.maximum, mostRemovals);
    assert.equal(properties.limits.properties.removals.default, defaultRemovals);
  });

  it('has a schema whose descriptions are seen: an editor ignores what stands beside a reference', () => {
    const references: string[] = [];
    JSON.parse(JSON.stringify(schema), (_key, value) => {
      if (typeof value === 'object' && value !== null && '$ref' in value)
        references.push(Object.keys(value).join());
      return value;
    });
    assert.ok(references.length > 5);
    assert.deepEqual([...new Set(references)], ['$ref']);
  });

  it('has a schema that knows the same days as the calendar', () => {
    const day = new RegExp(schema.definitions.day.pattern, 'u');
    const two = (value: number): string => String(value).padStart(2, '0');
    for (const year of ['0000', '1900', '2000', '2026', '2027', '2028', '2100', '2400'])
      for (let month = 0; month <= 13; month += 1)
        for (let date = 0; date <= 32; date += 1) {
          const text = `${year}-${two(month)}-${two(date)}`;
          assert.equal(day.test(text), isDay(text), text);
        }
  });

  it('is as its page in the documentation shows it', () => {
    const page = readFileSync('docs/access-as-code.md', 'utf8');
    const blocks = [...page.matchAll(/^```jsonc\n([\s\S]*?)^```$/gm)].map(([, text = '']) => text);
    assert.ok(blocks.length > 0);
    for (const text of blocks) {
      assert.ok(fileOf(text).checkpoints.length > 0);
      assert.ok(isValidBySchema(text));
    }
    const keys = Object.values(keysOf).flatMap(({ required, optional }) => [...required, ...optional]);
    for (const key of keys) assert.match(page, new RegExp(`\\b${key}\\b`));
    for (const kind of findingKinds) assert.ok(page.includes(`\`${kind}\``), kind);
  });

  it('is known to the editor by its name', () => {
    const { contributes } = JSON.parse(readFileSync('package.json', 'utf8'));
    const [{ fileMatch, url }] = contributes.jsonValidation;
    assert.equal(fileMatch, accessFilePath);
    assert.equal(url, './schemas/checkpoint-access.schema.json');
    assert.equal(schema.allowComments && schema.allowTrailingCommas, true);
  });
});

describe('the time to parse an access file', () => {
  const list = (count: number) =>
    Array.from({ length: count }, (_, index) => ({ project: `proj_${index}`, reason: 'TICK-1' }));

  it('Truth 16: grows in proportion to its length', async () => {
    await assertLinear((size) => {
      // Each but the first is a problem, too.
      const text = oneCheckpoint([...list(size), ...list(size).map(() => ({ project: 'proj_0' }))]);
      return () => atOnce(parseAccessFile(text));
    }, 500);
  });
});
