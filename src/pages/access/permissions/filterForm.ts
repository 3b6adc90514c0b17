import { type FindingKind, findingKinds } from '../../../access/evidence/review/finding';
import { names } from '../../../text/order';
import { effectiveInWords } from '../../../words/effect';
import {
  anyFinding,
  facetNames,
  findingInShort,
  permissionsTab as words,
} from '../../../words/permissionsTab';
import { button, element } from '../element';
import { type Facet, grantedFacet, isEffect, modelOfCheckpoint } from './facets';
import { optionOf } from './parts';
import type { PermissionRows } from './rows';

type FacetKind = keyof typeof facetNames;

/** The form that adds a filter: its kind, and one of the values that rows have. */
export class FilterForm {
  readonly element = element('form', 'filter-form');
  readonly #kind = element('select', '');
  readonly #value = element('span', 'filter-value');
  #fields: readonly (HTMLInputElement | HTMLSelectElement)[] = [];

  /** @param close Gives the keyboard back. */
  constructor(
    private readonly rows: PermissionRows,
    private readonly add: (facet: Facet) => void,
    private readonly close: () => void,
  ) {
    const { element: form } = this;
    form.hidden = true;
    form.setAttribute('aria-label', words.addFilter);
    this.#kind.append(...Object.entries(facetNames).map(([value, text]) => optionOf(value, text)));
    this.#kind.setAttribute('aria-label', words.filterBy);
    this.#kind.addEventListener('change', () => this.#showValue());
    const submit = element('button', 'primary');
    submit.type = 'submit';
    submit.textContent = words.add;
    form.append(
      this.#kind,
      this.#value,
      submit,
      button(words.cancel, () => this.#end()),
    );
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#submit();
    });
    form.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape') return;
      event.preventDefault();
      event.stopPropagation();
      this.#end();
    });
  }

  open(): void {
    this.#showValue();
    this.element.hidden = false;
    this.#kind.focus();
  }

  #end(): void {
    this.element.hidden = true;
    this.close();
  }

  #submit(): void {
    const [added] = facetOf(
      this.#selected,
      this.#fields.map(({ value }) => value),
    );
    if (!added) {
      this.#fields[0]?.focus();
      return;
    }
    this.add(added);
    this.#end();
  }

  get #selected(): FacetKind {
    return this.#kind.value as FacetKind;
  }

  #showValue(): void {
    this.#value.replaceChildren(...this.#fieldsOf(this.#selected));
  }

  #fieldsOf(kind: FacetKind): HTMLElement[] {
    if (kind === 'granted') {
      const fields = [words.grantedFrom, words.grantedTo].map((label) => {
        const field = element('input', '');
        field.type = 'date';
        const labeled = element('label', 'choice');
        labeled.append(label, field);
        labeled.title = words.grantedFromTo;
        return { field, labeled };
      });
      this.#fields = fields.map(({ field }) => field);
      return fields.map(({ labeled }) => labeled);
    }
    const field = element('select', '');
    field.setAttribute('aria-label', words.filterValue);
    field.append(...this.#valuesOf(kind).map(([value, text]) => optionOf(value, text)));
    this.#fields = [field];
    return [field];
  }

  /** The values of a filter that rows have, by name. */
  #valuesOf(kind: Exclude<FacetKind, 'granted'>): (readonly [value: string, text: string])[] {
    if (kind === 'effective') return Object.entries(effectiveInWords);
    if (kind === 'finding')
      return [
        ...Object.entries(anyFinding),
        ...findingKinds.map((each): readonly [FindingKind, string] => [
          each,
          findingInShort(each, this.rows.evidence.unusedDays),
        ]),
      ];
    const { all } = this.rows;
    const found = new Map<string, string>();
    for (const key of new Set(all.map((row) => row[kind === 'project' ? 'project' : 'checkpoint']))) {
      if (kind === 'project') found.set(this.rows.projectId(key), this.rows.project(key).name);
      else {
        const { id, name } = this.rows.checkpoint(key);
        const model = modelOfCheckpoint(id);
        if (kind === 'model') found.set(model.id, model.name);
        else found.set(id, name);
      }
    }
    return [...found].sort(([, one], [, other]) => names.compare(one, other));
  }
}

/** The filter of the fields of the form; none if they have no value. */
function facetOf(kind: FacetKind, [value = '', end]: readonly string[]): Facet[] {
  if (kind === 'granted') return grantedFacet(value, end);
  if (value === '') return [];
  if (kind === 'effective') return isEffect(value) ? [{ by: kind, kind: value }] : [];
  if (kind !== 'finding') return [{ by: kind, id: value }];
  const found = [...findingKinds, 'any' as const, 'none' as const].find((each) => each === value);
  return found ? [{ by: 'finding', kind: found }] : [];
}
