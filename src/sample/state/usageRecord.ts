import { hash, mix } from './identifiers';
import type { Checkpoint, OrganizationState } from './organizationState';

const day = 24 * 60 * 60;

/** Period in which a project uses a model. Times are Unix seconds. */
interface UsagePeriod {
  readonly model: string;
  readonly project: string;
  readonly from: number;
  readonly until: number;
  readonly seed: number;
}

/** Usage of a model by a project within one bucket. */
export interface UsageSample {
  readonly model: string;
  readonly project: string;
  readonly requests: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
}

/**
 * Usage of models by projects, derived from the permissions. The same in every run. Some granted projects use a model
 * every few days, some have not for 45 or 120 days, and some never. Extra uses are added.
 */
export class UsageRecord {
  readonly #state: OrganizationState;
  #version = '';
  #uses: readonly UsagePeriod[] = [];

  constructor(state: OrganizationState) {
    this.#state = state;
  }

  /** Usage between two times of the same day. */
  between(start: number, end: number, counts: (model: string, project: string) => boolean): UsageSample[] {
    // Current periods grow with time, so the cache is invalidated each hour.
    const version = `${this.#state.version} ${Math.floor(this.#state.seconds() / 3600)}`;
    if (version !== this.#version) {
      this.#version = version;
      this.#uses = usesOf(this.#state);
    }
    const used: UsageSample[] = [];
    for (const use of this.#uses) {
      if (use.until <= start || use.from >= end || !counts(use.model, use.project)) continue;
      const first = Math.floor(start / day);
      const one = usedOn(use, first);
      if (one && one.at >= start && one.at < end) used.push(one.used);
    }
    for (const { model, project, at } of this.#state.extraUses)
      if (at >= start && at < end && counts(model, project))
        used.push({ model, project, requests: 3, inputTokens: 2400, outputTokens: 360 });
    return used;
  }

  /** The day of the last usage of any model by a project, in Unix seconds. Undefined if it used none for long. */
  lastDayOf(project: string): number | undefined {
    const now = this.#state.seconds();
    const today = Math.floor(now / day) * day;
    for (let start = today; start > today - mostDays * day; start -= day) {
      const end = Math.min(start + day, now);
      if (this.between(start, end, (_, user) => user === project).length > 0) return start;
    }
    return undefined;
  }
}

/** How far back a last use is looked for. */
const mostDays = 120;

/** Usage of one day, all at one moment, so that hours and minutes add up to the day. */
function usedOn(use: UsagePeriod, date: number): { at: number; used: UsageSample } | undefined {
  const { model, project, from, until, seed } = use;
  const drawn = mix(seed, date);
  if (drawn % (2 + (seed % 5)) !== 0) return undefined;
  const at = date * day + (mix(drawn, 1) % day);
  if (at < from || at >= until) return undefined;
  const requests = 1 + (mix(drawn, 2) % 400);
  return {
    at,
    used: {
      model,
      project,
      requests,
      inputTokens: requests * (200 + (mix(drawn, 3) % 1300)),
      outputTokens: requests * (20 + (mix(drawn, 4) % 300)),
    },
  };
}

function usesOf(state: OrganizationState): UsagePeriod[] {
  const now = state.seconds();
  const uses: UsagePeriod[] = [];
  const add = (model: string, project: string, from: number, until: number, isOwn: boolean) => {
    const seed = hash(`${model} ${project}`);
    const kind = isOwn ? 7 : (seed >>> 3) % 8;
    if (kind === 0) return;
    const idle = kind === 1 ? 120 * day : kind === 2 ? 45 * day : 0;
    const archived = state.projects.get(project)?.archived_at ?? now;
    uses.push({ model, project, from, until: Math.min(until, archived, now - idle), seed });
  };
  const end = ({ shutdownDate }: Checkpoint) =>
    shutdownDate === null ? now : Date.parse(shutdownDate) / 1000;
  for (const checkpoint of state.checkpoints.values()) {
    if (!checkpoint.isUsed) continue;
    const { id, owner, created } = checkpoint;
    add(id, owner, created, end(checkpoint), true);
    for (const { project_id, created_at } of checkpoint.permissions.all())
      add(id, project_id, created_at, end(checkpoint), false);
  }
  for (const { checkpoint, permission, at } of state.revoked) {
    const used = state.checkpoints.get(checkpoint);
    if (used?.isUsed)
      add(checkpoint, permission.project_id, permission.created_at, Math.min(at, end(used)), false);
  }
  // Projects also use base models.
  const bases = [...new Set([...state.checkpoints.keys()].map((id) => id.split(':')[1] ?? ''))];
  for (const [index, project] of [...state.projects.values()].slice(0, 12).entries())
    add(bases[index % bases.length] ?? 'gpt-4.1-2025-04-14', project.id, project.created_at, now, true);
  return uses;
}
