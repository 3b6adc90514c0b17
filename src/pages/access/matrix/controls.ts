import { metadata, sentences } from '../../../text/lists';
import {
  hiddenBySearch,
  ownersUnknownNote,
  reviewChanges,
  stagedCount,
  stagedHiddenBySearch,
  stagedOwnersUnknown,
} from '../../../words/matrix';
import { byId, setTextOf } from '../element';
import { fillHelp } from './help';
import type { HiddenCounts } from './layout';
import type { MatrixModel } from './model';
import type { ViewOptions } from './order';

/** Handlers of the controls around the grid. */
export interface ControlHandlers {
  changeOptions(change: Partial<ViewOptions>): void;
  preview(): void;
  discard(): void;
  stage(action: 'grant' | 'revoke' | 'unstage'): void;
  loadSelected(): void;
  /** Shows the rows and columns of staged changes with what the search finds. */
  showStaged(): void;
}

/** The bars above and below the grid. */
export class Controls {
  readonly #sortCheckpoints = byId<HTMLSelectElement>('sort-checkpoints');
  readonly #sortProjects = byId<HTMLSelectElement>('sort-projects');
  readonly #transpose = byId('transpose');

  constructor(handlers: ControlHandlers) {
    const onInput = (of: HTMLElement, act: () => void): void => of.addEventListener('input', act);
    onInput(this.#sortCheckpoints, () =>
      handlers.changeOptions({
        sortCheckpoints: this.#sortCheckpoints.value as ViewOptions['sortCheckpoints'],
      }),
    );
    onInput(this.#sortProjects, () =>
      handlers.changeOptions({ sortProjects: this.#sortProjects.value as ViewOptions['sortProjects'] }),
    );
    const onClick = (id: string, act: () => void): void => byId(id).addEventListener('click', act);
    onClick('transpose', () =>
      handlers.changeOptions({ isTransposed: this.#transpose.ariaPressed !== 'true' }),
    );
    onClick('preview', handlers.preview);
    onClick('discard', handlers.discard);
    onClick('stage-grant', () => handlers.stage('grant'));
    onClick('stage-revoke', () => handlers.stage('revoke'));
    onClick('unstage', () => handlers.stage('unstage'));
    onClick('said-load', handlers.loadSelected);
    onClick('show-staged', handlers.showStaged);
    fillHelp(byId('help'));
  }

  /** Sets the fields to the current options, as after the page was hidden. */
  showOptions(options: ViewOptions): void {
    this.#sortCheckpoints.value = options.sortCheckpoints;
    this.#sortProjects.value = options.sortProjects;
    this.#transpose.setAttribute('aria-pressed', `${options.isTransposed}`);
  }

  showModel(model: MatrixModel): void {
    const { grants, revokes } = model;
    const note = sentences(model.projectsNote, ownersUnknownNote(model.ownersUnknown));
    setTextOf('note', note);
    byId('note').hidden = note === '';
    setTextOf('staged', metadata(stagedCount(model), stagedOwnersUnknown(model.grantsWithUnknownOwner)));
    setTextOf('preview', reviewChanges(grants + revokes));
    for (const id of ['preview', 'discard']) byId<HTMLButtonElement>(id).disabled = grants + revokes === 0;
  }

  /** Shows what the search hides, and how many staged changes are among it. */
  showHidden(hidden: HiddenCounts, staged: number): void {
    setTextOf('search-hides', sentences(hiddenBySearch(hidden), stagedHiddenBySearch(staged)));
    byId('show-staged').hidden = staged === 0;
  }

  /** Shows the legend and the keys. Closing gives the keyboard back. */
  showHelp(): void {
    byId('help').showPopover();
  }

  /** Shows the number of selected cells; empty hides it. */
  showSelection(text: string): void {
    // Hidden without a change of layout, so that nothing moves under the mouse.
    byId('chosen').classList.toggle('away', text === '');
    setTextOf('chosen-text', text);
  }

  /** Shows the details of the position under the focus or the mouse. */
  showDetail(text: string): void {
    setTextOf('detail', text);
  }

  /** Shows why cells were not staged; empty hides it. `canLoad` shows the button that loads the selected lists. */
  showMessage(text: string, canLoad: boolean): void {
    byId('said').hidden = text === '';
    byId('detail').hidden = text !== '';
    byId('said-load').hidden = !canLoad;
    setTextOf('said-text', text);
  }

  /** Shows a text in place of a matrix without rows or columns; empty hides it. */
  showEmpty(text: string): void {
    byId('empty').hidden = text === '';
    setTextOf('empty', text);
  }
}
