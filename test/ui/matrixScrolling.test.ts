import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { progressInWords } from '../../src/words/matrix';
import { type MatrixPage, openMatrixPage } from '../bench/matrix/page';
import { largeOrganization } from '../bench/organization';
import { currentSession } from './workbench/session';

/** Counted while the grid was scrolled, once each frame. */
interface Counted {
  readonly frames: number;
  /** Elements that were made, not put back. */
  readonly made: number;
  /** The most elements that the page had in a frame. */
  readonly most: number;
  /** Cells that did not say what their row and column stand for, at the end. */
  readonly wrong: number;
}

/** Scrolls to each of these places in a frame of its own. */
async function scrollThrough(page: Page, places: readonly (readonly [number, number])[]): Promise<Counted> {
  return page.evaluate<Counted>(`new Promise((resolve) => {
    const grid = document.getElementById('grid');
    const places = ${JSON.stringify(places)};
    let made = 0, most = 0, frames = 0;
    const { createElement } = Document.prototype;
    Document.prototype.createElement = function (...of) { made += 1; return createElement.apply(this, of); };
    const nameOf = (element) => /^(?:Checkpoint|Project) (.*?), /.exec(element.ariaLabel)[1];
    const names = (role) => [...grid.querySelectorAll('[role=' + role + ']')].filter(({ ariaLabel }) => !/ by (project|checkpoint) · /.test(ariaLabel));
    const end = () => {
      Document.prototype.createElement = createElement;
      const columns = new Map(names('columnheader').map((each) => [each.ariaColIndex, nameOf(each)]));
      const wrong = [...grid.querySelectorAll('[role=gridcell]:not([hidden])')].filter((cell) => {
        const row = nameOf(cell.closest('[role=row]').querySelector('[role=rowheader]'));
        return columns.has(cell.ariaColIndex) && !cell.ariaLabel.startsWith(row + ', project ' + columns.get(cell.ariaColIndex) + ': ');
      });
      resolve({ frames, made, most, wrong: wrong.length });
    };
    const frame = () => {
      most = Math.max(most, document.querySelectorAll('*').length);
      const place = places[frames];
      if (!place) return requestAnimationFrame(() => requestAnimationFrame(end));
      frames += 1;
      grid.scrollTo({ top: place[0], left: place[1] });
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  })`);
}

function steps(count: number, place: (index: number) => readonly [number, number]) {
  return Array.from({ length: count }, (_, index) => place(index));
}

describe('the access matrix of 200 × 500 while it is scrolled', () => {
  let matrix: MatrixPage;
  let dispose: () => void;

  before('open its page', async () => {
    const organization = largeOrganization({ checkpoints: 200, projects: 500 });
    dispose = () => organization.dispose();
    matrix = await openMatrixPage(currentSession().browser, organization);
    await matrix.page
      .locator('#progress')
      .getByText(progressInWords({ done: 200, total: 200, failed: 0, isLoading: false, isStopped: false }))
      .waitFor({ timeout: 60_000 });
    await matrix.page.getByRole('gridcell').first().focus();
    // Out of sight of the place of the keyboard in both directions, until all that is ever there is there.
    await scrollThrough(
      matrix.page,
      steps(6, (index) => (index < 4 ? [3000, 6000] : [0, 0])),
    );
  });
  after('close it', async () => {
    await matrix.close();
    dispose();
  });

  const ways = {
    down: steps(100, (index) => [index * 40, 0]),
    across: steps(100, (index) => [0, index * 40]),
    'down by screenfuls': steps(20, (index) => [(index % 7) * 600, 0]),
    'across by screenfuls': steps(20, (index) => [0, (index % 10) * 1250]),
    'to and fro': steps(40, (index) => [((index * 7) % 11) * 400, ((index * 5) % 13) * 900]),
  };
  for (const [way, places] of Object.entries(ways)) {
    it(`${way}: makes no element, keeps few, lays out once a frame, and says what is right`, async () => {
      const session = await matrix.page.context().newCDPSession(matrix.page);
      await session.send('Performance.enable');
      const layouts = async (): Promise<number> => {
        const { metrics } = await session.send('Performance.getMetrics');
        return metrics.find(({ name }) => name === 'LayoutCount')?.value ?? Number.NaN;
      };
      const before = await layouts();
      const { frames, made, most, wrong } = await scrollThrough(matrix.page, places);
      const after = await layouts();
      assert.equal(frames, places.length);
      assert.equal(made, 0);
      assert.ok(most < 3000, `${most} elements`);
      // The frames before and after it may have one of their own.
      assert.ok(after - before <= frames + 4, `${after - before} layouts in ${frames} frames`);
      assert.equal(wrong, 0);
      assert.equal(
        await matrix.page.evaluate(
          'document.activeElement.getAttribute("aria-rowindex") ?? document.activeElement.closest("[role=row]").ariaRowIndex',
        ),
        '2',
        'the keyboard stays where it was',
      );
      await session.detach();
    });
  }

  it('has the page do nothing wrong', () => assert.deepEqual(matrix.faults, []));
});
