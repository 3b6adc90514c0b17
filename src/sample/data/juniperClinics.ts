import type { SampleOrganization } from '../organization';
import type { ProjectObject } from '../state/organizationState';
import { addAdminKeys } from './adminKeys';
import { addFineTunes, addRevokedGrants, type FineTune } from './fineTunes';
import { type GatesOfProject, setGates } from './gates';

const day = 24 * 60 * 60;

/** The last two are archived. */
const names = [
  'Discharge letters',
  'Appointment line',
  'Billing codes',
  'Lab reports',
  'Pharmacy questions',
  'Patient portal',
  'Staff rota',
  'Research',
  'Translation',
  'Quality review',
  'Pilot ward 3',
  'Chat trial 2024',
] as const;
type JuniperProject = (typeof names)[number];

const letters = 'ft:gpt-4.1-2025-04-14:juniper-clinics:letters:Cr5PwE8b';

const fineTunes: readonly FineTune<JuniperProject>[] = [
  {
    model: letters,
    owner: 'Discharge letters',
    daysAgo: 380,
    checkpoints: [{ permissions: 5 }, { step: 64, permissions: 1 }],
  },
  {
    model: 'ft:gpt-4o-mini-2024-07-18:juniper-clinics::By2VsG7n',
    owner: 'Appointment line',
    daysAgo: 440,
    checkpoints: [{ permissions: 3 }],
  },
  {
    model: 'ft:gpt-4.1-nano-2025-04-14:juniper-clinics:icd-codes:Cu9DkH3x',
    owner: 'Billing codes',
    daysAgo: 300,
    checkpoints: [{ permissions: 2 }],
  },
  {
    model: 'ft:gpt-4.1-mini-2025-04-14:juniper-clinics:lab-notes:Cx4RjN6q',
    owner: 'Lab reports',
    daysAgo: 200,
    checkpoints: [
      { permissions: 2, isListed: false },
      { step: 32, permissions: 0, isListed: false, isUsed: false },
    ],
  },
];

/** A model whose shutdown no one has announced. */
const undatedFineTune: FineTune<JuniperProject> = {
  model: 'ft:gpt-4o-2024-05-13:juniper-clinics:ward-notes:Cd7TqL2w',
  owner: 'Research',
  daysAgo: 410,
  checkpoints: [{ permissions: 1, isListed: false }],
};

const gates: readonly GatesOfProject<JuniperProject>[] = [
  {
    // No live key: one has expired, the owner of the other has left the project.
    project: 'Billing codes',
    keys: [
      { owner: 'service_account', createdDaysAgo: 290, usedDaysAgo: 45, expiredDaysAgo: 40 },
      { owner: 'user', createdDaysAgo: 250, usedDaysAgo: 120, isOwnerGone: true },
    ],
  },
];

/** Fills an organization with the invented Juniper Clinics. The same in every run, relative to its clock. */
export function fillJuniperClinics(organization: SampleOrganization): void {
  const { state } = organization;
  const now = state.seconds();
  const named = new Map<JuniperProject, ProjectObject>();
  for (const [index, name] of names.entries()) {
    const archived = index >= names.length - 2 ? now - (20 + index) * day : null;
    named.set(name, state.addProject(name, now - (700 - index * 15) * day, archived));
  }
  addFineTunes(organization, fineTunes, named);
  const owner = { id: 'user-juniper', name: 'Noor Haddad', email: 'noor.haddad@juniper-clinics.example' };
  const others = [{ id: 'user-juniper2', email: 'pavel.novak@juniper-clinics.example' }];
  addAdminKeys(state, 'juniper', ['Access', 'Automation'], owner, others, 9);
  addRevokedGrants(organization, [{ checkpoint: letters, project: 'Research', daysAgo: [120, 80] }], named);
  // Added last, so that all other IDs stay the same.
  addFineTunes(organization, [undatedFineTune], named);
  setGates(state, gates, named);
  state.unsuccessfulJobs.push({
    owner: named.get('Lab reports')?.id ?? '',
    model: 'gpt-4.1-mini-2025-04-14',
    created: now - 210 * day,
    status: 'failed',
    error: { code: 'exceeded_quota', message: 'The job failed because a quota was exceeded.', param: null },
  });
}
