import { seriesInWords } from '../../../words/permissionsTab';
import { type DrawnUse, lineSize } from './sparkline';

const namespace = 'http://www.w3.org/2000/svg';

/** The parts of a cell with a line, which is drawn again for other rows. */
interface LineCell {
  readonly text: Text;
  readonly image: SVGSVGElement;
  readonly path: SVGPathElement;
}

const cells = new WeakMap<HTMLElement, LineCell>();
const labels = new WeakMap<DrawnUse, string>();

/** Draws a text, and beside it the line of the usage, if it is known. */
export function drawLine(cell: HTMLElement, text: string, use: DrawnUse | undefined): void {
  let parts = cells.get(cell);
  if (!parts) {
    parts = makeParts();
    cells.set(cell, parts);
    cell.replaceChildren(parts.text, parts.image);
  }
  if (parts.text.data !== text) parts.text.data = text;
  const path = use?.path ?? '';
  if (parts.path.getAttribute('d') === path) return;
  parts.path.setAttribute('d', path);
  parts.image.style.display = use ? '' : 'none';
  parts.image.setAttribute('aria-label', use ? labelOf(use) : '');
}

function labelOf(use: DrawnUse): string {
  const label = labels.get(use) ?? seriesInWords(use.weeks);
  labels.set(use, label);
  return label;
}

function makeParts(): LineCell {
  const image = document.createElementNS(namespace, 'svg');
  const path = document.createElementNS(namespace, 'path');
  const { width, height } = lineSize;
  image.setAttribute('viewBox', `0 0 ${width} ${height}`);
  image.setAttribute('class', 'use-line');
  image.setAttribute('role', 'img');
  image.style.display = 'none';
  image.append(path);
  return { text: document.createTextNode(''), image, path };
}
