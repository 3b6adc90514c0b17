import type { SampleOrganization } from '../organization';
import { namedProjects, portProjects } from './projectNames';

const day = 24 * 60 * 60;

/** What is shared of one checkpoint: with how many projects, chosen from the recognisable ones when they are few. */
interface Sharing {
  readonly step?: number;
  readonly permissions: number;
  readonly missingScopes?: readonly string[];
}

interface FineTune {
  readonly model: string;
  readonly owner: (typeof namedProjects)[number];
  readonly daysAgo: number;
  readonly checkpoints: readonly Sharing[];
}

/** Of each model first the final one, then its training steps. */
const fineTunes: readonly FineTune[] = [
  {
    model: 'ft:gpt-4.1-mini-2025-04-14:harbor-labs:support-bot:Cq7TzR2m',
    owner: 'Support assistant',
    daysAgo: 540,
    checkpoints: [{ permissions: 250 }, { step: 80, permissions: 2 }, { step: 160, permissions: 0 }],
  },
  {
    model: 'ft:gpt-4o-mini-2024-07-18:harbor-labs:invoice-reader:BxN4kd9V',
    owner: 'Invoice reader',
    daysAgo: 500,
    checkpoints: [{ permissions: 6 }, { step: 120, permissions: 1 }],
  },
  {
    model: 'ft:gpt-4.1-2025-04-14:harbor-labs::Ct1hWq8Z',
    owner: 'Berth planning',
    daysAgo: 420,
    checkpoints: [{ permissions: 38 }],
  },
  {
    model: 'ft:gpt-4o-2024-08-06:harbor-labs:contract-summary:Bv3LpK6s',
    owner: 'Contract review',
    daysAgo: 460,
    checkpoints: [
      { permissions: 4 },
      { step: 48, permissions: 3, missingScopes: ['api.fine_tuning.checkpoints.write'] },
    ],
  },
  {
    model: 'ft:gpt-3.5-turbo-0125:harbor-labs:tone-of-voice:A9yG5cRf',
    owner: 'Sales copilot',
    daysAgo: 545,
    checkpoints: [{ permissions: 5 }],
  },
];

/** Fills an organization with the invented port company Harbor Labs: the same in every run, relative to its clock. */
export function fillHarborLabs(organization: SampleOrganization): void {
  const { state } = organization;
  const now = state.seconds();
  // All projects are older than the first grant; archiving happened since.
  const named = namedProjects.map((name, index) =>
    state.addProject(
      name.replace('*', ''),
      now - (1200 - index * 20) * day,
      name.endsWith('*') ? now - (index + 40) * day : null,
    ),
  );
  for (const [index, name] of portProjects().entries()) {
    state.addProject(name, now - (860 - index) * day, index % 23 === 22 ? now - index * day : null);
  }
  for (const { model, owner, daysAgo, checkpoints } of fineTunes) {
    for (const { step, permissions, missingScopes } of checkpoints) {
      const ownerID = named[namedProjects.indexOf(owner)]?.id;
      if (ownerID === undefined) continue;
      const candidates = permissions > 6 ? [...state.projects.values()] : named;
      const others = candidates.map((project) => project.id).filter((id) => id !== ownerID);
      organization.addCheckpoint(step === undefined ? model : `${model}:ckpt-step-${step}`, {
        owner: ownerID,
        createdAt: now - daysAgo * day,
        permissions: state.identifiers.choose(others, permissions),
        ...(missingScopes && { missingScopes }),
      });
    }
  }
  const keyOwner = {
    type: 'user',
    object: 'organization.user',
    id: 'user-harbor',
    name: 'Ines Duarte',
    role: 'owner',
  };
  for (const [index, name] of ['Access reviews', 'Provisioning', 'Cost reports'].entries()) {
    state.adminAPIKeys.push({
      id: `key_harbor${index + 1}`,
      object: 'organization.admin_api_key',
      name,
      redacted_value: `sk-admin...${index + 1}xQ`,
      created_at: now - (400 - index * 100) * day,
      expires_at: index === 1 ? now + 30 * day : null,
      last_used_at: index === 2 ? null : now - (index + 1) * 3600,
      owner: { ...keyOwner, created_at: now - 1200 * day },
    });
  }
}
