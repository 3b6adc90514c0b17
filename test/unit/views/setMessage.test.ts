import assert from 'node:assert/strict';
import { setMessage } from '../../../src/views/shared/setMessage';

describe('the message of a view', () => {
  it('is set only to another one', () => {
    const set: (string | undefined)[] = [];
    const view = {
      get message(): string | undefined {
        return set.at(-1);
      },
      set message(message: string | undefined) {
        set.push(message);
      },
    };
    setMessage(view, undefined);
    setMessage(view, 'Sorted by name');
    setMessage(view, 'Sorted by name');
    setMessage(view, undefined);
    setMessage(view, undefined);
    assert.deepEqual(set, ['Sorted by name', undefined]);
  });
});
