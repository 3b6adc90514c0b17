import assert from 'node:assert/strict';
import { explain, explainProjects } from '../../../src/access/explain';
import { type Fault, faults } from '../../emulator';
import { usePlace } from './support';

const scope = 'You have insufficient permissions for this operation. Missing scopes: api.management.read.';
const body = { error: { message: scope, type: 'invalid_request_error', param: null, code: null } };

describe('a failure to list the projects, in words', () => {
  const place = usePlace(0);

  async function failWith(fault: Fault): Promise<unknown> {
    place.emulator.fail('projects.list', fault);
    const { failure } = await place.organization.projects.read();
    assert.ok(failure);
    return failure;
  }

  for (const code of [400, 403, 404]) {
    it(`(${code}) speaks of the list of projects, not of a checkpoint`, async () => {
      const failure = await failWith(faults.status(code));
      const { what, detail } = explainProjects(failure);
      assert.match(what, /projects/);
      assert.notEqual(what, explain(failure).what);
      assert.equal(detail, explain(failure).detail);
    });
  }

  for (const [name, fault] of Object.entries({
    'a missing scope': faults.status(403, { body }),
    'a refused key': faults.status(401),
    'a page of a proxy': faults.html(404),
    'malformed JSON': faults.malformedJSON,
    'a lost connection': faults.resetBeforeAnswer,
  })) {
    it(`(${name}) reads as everywhere`, async () => {
      const failure = await failWith(fault);
      assert.deepEqual(explainProjects(failure), explain(failure));
    });
  }
});
