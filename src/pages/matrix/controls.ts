import { legend, matrixHeading, progressAloud, progressWithWait, stagedCount } from '../../words/matrix';
import { byId, element } from './element';
import { signs } from './looks';
import type { MatrixModel } from './model';
import type { ViewOptions } from './order';

/** What the person can do beside the grid. */
export interface Acts {
  want(change: Partial<ViewOptions>): void;
  refresh(): void;
  stop(): void;
  resume(): void;
  preview(): void;
  discard(): void;
  stage(action: 'grant' | 'revoke' | 'unstage'): void;
  loadSelected(): void;
}

/** The bars above and below the grid. */
export class Controls {
  readonly #searchCheckpoints = byId<HTMLInputElement>('search-checkpoints');
  readonly #searchProjects = byId<HTMLInputElement>('search-projects');
  readonly #sortCheckpoints = byId<HTMLSelectElement>('sort-checkpoints');
  readonly #sortProjects = byId<HTMLSelectElement>('sort-projects');
  readonly #transpose = byId('transpose');
  #countDown: ReturnType<typeof setInterval> | undefined;

  constructor(acts: Acts) {
    const onInput = (of: HTMLElement, act: () => void): void => of.addEventListener('input', act);
    onInput(this.#searchCheckpoints, () => acts.want({ searchCheckpoints: this.#searchCheckpoints.value }));
    onInput(this.#searchProjects, () => acts.want({ searchProjects: this.#searchProjects.value }));
    onInput(this.#sortCheckpoints, () =>
      acts.want({ sortCheckpoints: this.#sortCheckpoints.value as ViewOptions['sortCheckpoints'] }),
    );
    onInput(this.#sortProjects, () =>
      acts.want({ sortProjects: this.#sortProjects.value as ViewOptions['sortProjects'] }),
    );
    const onClick = (id: string, act: () => void): void => byId(id).addEventListener('click', act);
    onClick('transpose', () => acts.want({ transposed: this.#transpose.ariaPressed !== 'true' }));
    onClick('refresh', acts.refresh);
    onClick('stop', acts.stop);
    onClick('resume', acts.resume);
    onClick('preview', acts.preview);
    onClick('discard', acts.discard);
    onClick('stage-grant', () => acts.stage('grant'));
    onClick('stage-revoke', () => acts.stage('revoke'));
    onClick('unstage', () => acts.stage('unstage'));
    onClick('said-load', acts.loadSelected);
    showLegend();
  }

  /** The fields as they were when the page was last in sight. */
  showWanted(wanted: ViewOptions): void {
    this.#searchCheckpoints.value = wanted.searchCheckpoints;
    this.#searchProjects.value = wanted.searchProjects;
    this.#sortCheckpoints.value = wanted.sortCheckpoints;
    this.#sortProjects.value = wanted.sortProjects;
    this.#transpose.setAttribute('aria-pressed', `${wanted.transposed}`);
  }

  showModel(model: MatrixModel): void {
    const { progress, grants, revokes } = model;
    clearInterval(this.#countDown);
    const { wait } = progress;
    const tell = (): void => setText('progress', progressWithWait(progress, wait, Date.now()));
    tell();
    if (wait) this.#countDown = setInterval(tell, 1000);
    byId('stop').hidden = !progress.isLoading;
    byId('resume').hidden = !progress.isStopped || progress.isLoading;
    setText('announced', progressAloud(progress));
    setText('note', model.projectsNote);
    byId('note').hidden = model.projectsNote === '';
    setText('staged', stagedCount(model));
    for (const id of ['preview', 'discard']) byId<HTMLButtonElement>(id).disabled = grants + revokes === 0;
    if (model.organization) setText('title', matrixHeading(model.organization));
  }

  /** How many cells are selected; empty where that is not worth a word. */
  showSelected(text: string): void {
    // It keeps its place, so that nothing moves under the mouse.
    byId('chosen').classList.toggle('away', text === '');
    setText('chosen-text', text);
  }

  /** What is known of the place where the keyboard or the mouse is. */
  showDetail(text: string): void {
    setText('detail', text);
  }

  /** Why something was not done; empty takes it back. */
  say(text: string, canLoad: boolean): void {
    byId('said').hidden = text === '';
    byId('detail').hidden = text !== '';
    byId('said-load').hidden = !canLoad;
    setText('said-text', text);
  }

  /** What stands in place of a matrix without rows or columns; empty takes it back. */
  showEmpty(text: string): void {
    byId('empty').hidden = text === '';
    setText('empty', text);
  }
}

function setText(id: string, text: string): void {
  const found = byId(id);
  if (found.textContent !== text) found.textContent = text;
}

function showLegend(): void {
  for (const look of Object.keys(signs) as (keyof typeof signs)[]) {
    const sign = element('span', `sign ${look}`);
    sign.textContent = signs[look];
    sign.setAttribute('aria-hidden', 'true');
    const words = element('span', 'means');
    words.textContent = legend[look];
    byId('legend').append(element('span', 'entry', sign, words));
  }
}
