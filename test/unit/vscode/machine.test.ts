import assert from 'node:assert/strict';
import { openerFor } from '../../demo/openInBrowser';
import { originalPositions } from '../../host/stacks';
import { isAtLeast } from '../../host/vscode/node';

describe('the machine it runs on', () => {
  it('has a Node.js that is new enough, or not', () => {
    assert.equal(isAtLeast('22.15.0', '22.15.0'), true);
    assert.equal(isAtLeast('24.1.0', '22.15.0'), true);
    assert.equal(isAtLeast('22.9.1', '22.15.0'), false);
    assert.equal(isAtLeast('20.20.2', '22.15.0'), false);
  });

  it('has a browser opened only where there is a display', () => {
    assert.equal(openerFor('linux', {}), undefined);
    assert.equal(openerFor('linux', { DISPLAY: ':0' }), 'xdg-open');
    assert.equal(openerFor('linux', { WAYLAND_DISPLAY: 'wayland-0' }), 'xdg-open');
    assert.equal(openerFor('darwin', {}), 'open');
    assert.equal(openerFor('darwin', { SSH_CONNECTION: '::1 1 ::1 2' }), undefined);
  });
});

describe('a stack from the extension host', () => {
  it('is told in the positions of the sources', () => {
    const line = new Error('here').stack?.split('\n')[1] ?? '';
    assert.match(originalPositions(line), /test\/unit\/vscode\/machine\.test\.ts:\d+:\d+/);
    assert.equal(originalPositions(originalPositions(line)), originalPositions(line));
  });

  it('stays as it is where there is no source', () => {
    const line = '    at run (/nowhere/out/test/none.js:1:2)';
    assert.equal(originalPositions(line), line);
  });
});
