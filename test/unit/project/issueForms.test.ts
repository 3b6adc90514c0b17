import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import { parse } from 'yaml';

const folder = '.github/ISSUE_TEMPLATE';
const texts = ['SECURITY.md', 'SUPPORT.md', '.github/pull_request_template.md'];

const text = { type: 'string', minLength: 1 };
const validations = {
  type: 'object',
  properties: { required: { type: 'boolean' } },
  additionalProperties: false,
};
const id = { type: 'string', pattern: '^[a-zA-Z0-9_-]+$' };

/** An element of a form: its type, and what its attributes may be, as GitHub documents them. */
function element(type: string, required: readonly string[], attributes: object, more: object = {}) {
  return {
    type: 'object',
    properties: {
      type: { const: type },
      attributes: { type: 'object', properties: attributes, required, additionalProperties: false },
      ...more,
    },
    required: ['type', 'attributes', ...(type === 'markdown' ? [] : ['id'])],
    additionalProperties: false,
  };
}

const labels = { label: text, description: text };
const field = { ...labels, placeholder: text, value: text };
const answered = { id, validations };

/** The syntax of issue forms, without what no form here uses. That each answer has an ID is a rule of ours. */
const form = {
  type: 'object',
  properties: {
    name: text,
    description: text,
    title: text,
    labels: { type: 'array', items: text, minItems: 1 },
    body: {
      type: 'array',
      minItems: 1,
      items: {
        oneOf: [
          element('markdown', ['value'], { value: text }),
          element('input', ['label'], field, answered),
          element('textarea', ['label'], { ...field, render: text }, answered),
          element(
            'dropdown',
            ['label', 'options'],
            {
              ...labels,
              multiple: { type: 'boolean' },
              options: { type: 'array', items: text, minItems: 1, uniqueItems: true },
            },
            answered,
          ),
          element(
            'checkboxes',
            ['label', 'options'],
            {
              ...labels,
              options: {
                type: 'array',
                minItems: 1,
                items: {
                  type: 'object',
                  properties: { label: text, required: { type: 'boolean' } },
                  required: ['label'],
                  additionalProperties: false,
                },
              },
            },
            { id },
          ),
        ],
      },
    },
  },
  required: ['name', 'description', 'body'],
  additionalProperties: false,
};

const isForm = new Ajv({ allErrors: true, strictTypes: false }).compile(form);
const forms = readdirSync(folder)
  .filter((name) => name !== 'config.yml')
  .map((name) => ({ name, source: readFileSync(join(folder, name), 'utf8') }));

describe('the issue forms', () => {
  it('are for a bug, an idea, and a flaky test, and for nothing else', () => {
    assert.deepEqual(forms.map(({ name }) => name).sort(), ['bug.yml', 'flaky-test.yml', 'idea.yml']);
    assert.deepEqual(parse(readFileSync(join(folder, 'config.yml'), 'utf8')), {
      blank_issues_enabled: false,
    });
  });

  it('are right by the syntax of GitHub', () => {
    for (const { name, source } of forms)
      assert.ok(isForm(parse(source)), `${name} ${JSON.stringify(isForm.errors)}`);
  });

  it('are judged by a schema that finds what is wrong', () => {
    const [{ source } = { source: '' }] = forms;
    const wrong: readonly [string | RegExp, string][] = [
      ['type: textarea', 'type: text'],
      ['label: What happened', 'lable: What happened'],
      ['required: true', 'required: "yes"'],
      [/ {4}id: steps\n/, ''],
      [/options:\n( {8}- .*\n)+/, 'options: []\n'],
    ];
    for (const [before, after] of wrong) {
      const changed = source.replace(before, after);
      assert.notEqual(changed, source);
      assert.ok(!isForm(parse(changed)), String(before));
    }
  });

  it('ask each question once', () => {
    for (const { name, source } of forms) {
      const ids = (parse(source) as { body: { id?: string }[] }).body.map((each) => each.id ?? '');
      const answers = ids.filter((each) => each !== '');
      assert.deepEqual(answers, [...new Set(answers)], name);
    }
  });

  it('ask to leave out keys where someone might paste one', () => {
    const bug = forms.find(({ name }) => name === 'bug.yml')?.source ?? '';
    assert.match(bug, /Leave out keys/);
    assert.match(bug, /SECURITY\.md/);
  });
});

describe('what contributors read', () => {
  it('is there, and names no person and no address', () => {
    for (const file of [...texts, 'CONTRIBUTING.md', ...forms.map(({ name }) => join(folder, name))]) {
      assert.ok(existsSync(file), file);
      assert.doesNotMatch(
        readFileSync(file, 'utf8'),
        /[\w.+-]+@[\w-]+\.\w+|mailto:|(?<![\w/`])@[a-z][\w-]+/i,
        file,
      );
    }
  });
});
