import type { SampleOrganization } from '../organization';
import type { ProjectObject } from '../state/organizationState';
import { addAdminKeys } from './adminKeys';
import { addFineTunes, addRevokedGrants, type FineTune, type RevokedGrant } from './fineTunes';
import { type GatesOfProject, setGates } from './gates';
import { type NamedProject, namedProjects, portProjects } from './projectNames';

const day = 24 * 60 * 60;

const fineTunes: readonly FineTune<NamedProject>[] = [
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

/** Models that no checkpoint list has. Each is known to one source of the search, and to its owner. */
const unlistedFineTunes: readonly FineTune<NamedProject>[] = [
  {
    // Used and never shared, so only usage has it. Only its job has its steps.
    model: 'ft:gpt-4.1-mini-2025-04-14:harbor-labs:berth-notes:Cz8MfT4e',
    owner: 'Data platform',
    daysAgo: 150,
    checkpoints: [
      { permissions: 0, isListed: false },
      { step: 60, permissions: 0, isListed: false, isUsed: false },
      { step: 120, permissions: 0, isListed: false, isUsed: false },
    ],
  },
  {
    // Shared and never used, so only the audit log has it.
    model: 'ft:gpt-4o-mini-2024-07-18:harbor-labs:claims-triage:Bw6JhX2p',
    owner: 'Claims triage',
    daysAgo: 320,
    checkpoints: [{ permissions: 2, isListed: false, isUsed: false }],
  },
  {
    model: 'ft:gpt-4.1-mini-2025-04-14:harbor-labs:support-bot:Cq7TzR2m',
    owner: 'Support assistant',
    daysAgo: 540,
    checkpoints: [{ step: 240, permissions: 0, isListed: false, isUsed: false }],
  },
];

const revokedGrants: readonly RevokedGrant<NamedProject>[] = [
  {
    checkpoint: 'ft:gpt-4.1-mini-2025-04-14:harbor-labs:support-bot:Cq7TzR2m:ckpt-step-160',
    project: 'Customs desk',
    daysAgo: [410, 55],
  },
  {
    checkpoint: 'ft:gpt-4o-2024-08-06:harbor-labs:contract-summary:Bv3LpK6s',
    project: 'Hackathon 2025',
    daysAgo: [300, 290],
  },
  {
    checkpoint: 'ft:gpt-4o-mini-2024-07-18:harbor-labs:invoice-reader:BxN4kd9V:ckpt-step-120',
    project: 'Evaluation lab',
    daysAgo: [90, 6],
    hasUnknownActor: true,
  },
  {
    checkpoint: 'ft:gpt-4o-mini-2024-07-18:harbor-labs:claims-triage:Bw6JhX2p',
    project: 'Partner portal',
    daysAgo: [200, 31],
  },
];

const supportBot = 'ft:gpt-4.1-mini-2025-04-14:harbor-labs:support-bot:Cq7TzR2m';
const invoiceReader = 'ft:gpt-4o-mini-2024-07-18:harbor-labs:invoice-reader:BxN4kd9V';
const contractSummary = 'ft:gpt-4o-2024-08-06:harbor-labs:contract-summary:Bv3LpK6s';

const gates: readonly GatesOfProject<NamedProject>[] = [
  {
    // Its grants for other models have no effect. One of them has shut down, too.
    project: 'Contract review',
    policy: {
      mode: 'allow_list',
      models: ['gpt-4o-2024-08-06', contractSummary, `${contractSummary}:ckpt-step-48`, invoiceReader],
    },
  },
  {
    // The policy names a model that was used yesterday.
    project: 'Mobile app',
    policy: { mode: 'deny_list', models: ['o3', supportBot] },
    usedYesterday: supportBot,
  },
  // Names no fine-tuned model, but the base of one.
  {
    project: 'Internal search',
    policy: { mode: 'allow_list', models: ['gpt-4.1-mini-2025-04-14', 'gpt-4.1-2025-04-14'] },
  },
  { project: 'Evaluation lab', troubles: { 'modelPermissions.retrieve': 'missingScope' } },
  { project: 'Claims triage', troubles: { 'projectAPIKeys.list': 'serverError' } },
  { project: 'Compliance watch', troubles: { 'projects.retrieve': 'missingScope' } },
  { project: 'Sales copilot', troubles: { 'usage.completions': 'serverError' } },
  {
    // No live key.
    project: 'Data platform',
    keys: [{ owner: 'service_account', createdDaysAgo: 140, usedDaysAgo: 12, expiredDaysAgo: 10 }],
  },
];

/** Fills an organization with the invented port company Harbor Labs. The same in every run, relative to its clock. */
export function fillHarborLabs(organization: SampleOrganization): void {
  const { state } = organization;
  const now = state.seconds();
  // Projects are older than the first grant, and archived after it.
  const named = new Map<NamedProject, ProjectObject>();
  for (const [index, name] of namedProjects.entries()) {
    const archived = name.endsWith('*') ? now - (index + 40) * day : null;
    const plain = name.replace('*', '') as NamedProject;
    named.set(plain, state.addProject(plain, now - (1200 - index * 20) * day, archived));
  }
  for (const [index, name] of portProjects().entries()) {
    state.addProject(name, now - (860 - index) * day, index % 23 === 22 ? now - index * day : null);
  }
  addFineTunes(organization, fineTunes, named);
  const owner = { id: 'user-harbor', name: 'Ines Duarte', email: 'ines.duarte@harbor-labs.example' };
  addAdminKeys(state, 'harbor', ['Access reviews', 'Provisioning', 'Cost reports'], owner, [
    { id: 'user-harbor2', email: 'tomas.lind@harbor-labs.example' },
    { id: 'user-harbor3', email: 'amara.okafor@harbor-labs.example' },
  ]);
  // Added last, so that all other IDs stay the same.
  addFineTunes(organization, unlistedFineTunes, named);
  addRevokedGrants(organization, revokedGrants, named);
  setGates(state, gates, named);
  const invoices = named.get('Invoice reader')?.id ?? '';
  state.unsuccessfulJobs.push(
    {
      owner: invoices,
      model: 'gpt-4.1-2025-04-14',
      created: now - 130 * day,
      status: 'failed',
      error: {
        code: 'invalid_training_file',
        message: 'The job failed due to an invalid training file. Expected at least 10 examples, got 7.',
        param: 'training_file',
      },
    },
    { owner: invoices, model: 'gpt-4.1-mini-2025-04-14', created: now - 2 * 3600, status: 'running' },
  );
}
