import {
  createSampleOrganization,
  type SampleOrganization,
  type SampleOrganizationOptions,
} from '../../src/sample';

const day = 24 * 60 * 60;

const places =
  'Aalborg Bilbao Cardiff Dundee Essen Faro Galway Haifa Imola Jaffa Kyoto Leeds Malmo Nantes Oulu Porto Riga Sofia ' +
  'Turin Utrecht';
const teams =
  'archive audit billing booking claims customs design dispatch finance fleet help intake legal lab pricing quality ' +
  'returns sales storage training';
const stages = ['', ' tests', ' staging', ' pilot', ' reports'];
const bases = [
  'gpt-4.1-2025-04-14',
  'gpt-4.1-mini-2025-04-14',
  'gpt-4o-mini-2024-07-18',
  'gpt-4o-2024-08-06',
];

/**
 * An organization for benches: 2,000 projects, every 25th archived; 500 checkpoints of 150 fine-tuned models, shared
 * with 0 to 60 projects each; the first one with 10,000. A project has one permission at most, so 8,040 of those belong
 * to projects that the list of projects does not have (any more). Every tenth checkpoint is used.
 */
export function createLargeSampleOrganization(
  options: Partial<SampleOrganizationOptions> = {},
): SampleOrganization {
  return createSampleOrganization({
    name: 'Wayfarer Freight',
    slug: 'wayfarer-freight',
    seed: 23,
    fill,
    ...options,
  });
}

function fill(organization: SampleOrganization): void {
  const { state } = organization;
  const { identifiers } = state;
  const now = state.seconds();
  const names = stages.flatMap((stage) =>
    places.split(' ').flatMap((place) => teams.split(' ').map((team) => `${place} ${team}${stage}`)),
  );
  const projects = names.map((name, index) => {
    const archived = index % 25 === 24 ? now - (index % 200) * day : null;
    return state.addProject(name, now - 1000 * day + index * 600, archived).id;
  });
  const owners = projects.slice(0, 40);
  const others = projects.slice(40);
  const strangers = Array.from({ length: 8040 }, () => identifiers.id('proj_'));

  for (let model = 0, made = 0; model < 150; model++) {
    // Of every three models one has four checkpoints and two have three: 500 in all.
    const count = model % 3 === 0 ? 4 : 3;
    const base = bases[model % bases.length];
    const id = `ft:${base}:wayfarer-freight:model-${model + 1}:${identifiers.id('').slice(0, 8)}`;
    const createdAt = now - (520 - model * 3) * day;
    for (let index = 0; index < count; index++, made++) {
      // Adjacent projects from a random start: fast, and without duplicates.
      const first = identifiers.below(others.length - 60);
      const few = others.slice(first, first + ((made * 7) % 61));
      organization.addCheckpoint(index === 0 ? id : `${id}:ckpt-step-${index * 50}`, {
        owner: owners[model % owners.length] ?? '',
        createdAt,
        permissions: made === 0 ? [...others, ...strangers] : few,
        isUsed: made % 10 === 9,
      });
    }
  }
}
