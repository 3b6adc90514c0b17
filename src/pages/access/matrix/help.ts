import { legend, matrixKeys, matrixPage } from '../../../words/matrix';
import { element } from '../element';
import { signs } from './appearance';

/** Fills the popover behind “?”: what the signs mean, and what the keys do. */
export function fillHelp(target: HTMLElement): void {
  const looks = Object.keys(signs) as (keyof typeof signs)[];
  const keys = matrixKeys(/^mac/i.test(navigator.platform));
  target.append(
    heading(matrixPage.legend),
    list(
      'legend',
      looks.map((look) => [signOf(look), legend[look]]),
    ),
    heading(matrixPage.keys),
    list(
      'keys',
      keys.map(([key, does]) => [text('kbd', key), does]),
    ),
  );
}

function signOf(look: keyof typeof signs): HTMLElement {
  const sign = element('span', `sign ${look}`);
  sign.textContent = signs[look];
  sign.setAttribute('aria-hidden', 'true');
  return sign;
}

function heading(words: string): HTMLElement {
  return text('h2', words);
}

/** Terms with what they mean. */
function list(
  className: string,
  entries: readonly (readonly [term: HTMLElement, meaning: string])[],
): HTMLElement {
  return element(
    'dl',
    className,
    ...entries.flatMap(([term, meaning]) => [element('dt', '', term), text('dd', meaning)]),
  );
}

function text(name: 'h2' | 'kbd' | 'dd', words: string): HTMLElement {
  const created = element(name, '');
  created.textContent = words;
  return created;
}
