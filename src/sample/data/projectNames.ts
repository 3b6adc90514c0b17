/** Recognizable project names. The first ones own the fine-tuned models. A star marks an archived project. */
export const namedProjects = [
  'Support assistant',
  'Invoice reader',
  'Berth planning',
  'Contract review',
  'Customs desk',
  'Voice pilot*',
  'Sales copilot',
  'Mobile app',
  'Partner portal',
  'Claims triage',
  'Compliance watch',
  'Hackathon 2025*',
  'Internal search',
  'Data platform',
  'Evaluation lab',
] as const;

type PlainName<Name extends string> = Name extends `${infer Plain}*` ? Plain : Name;
export type NamedProject = PlainName<(typeof namedProjects)[number]>;

const ports =
  'Antwerp Bergen Cork Dakar Esbjerg Fremantle Genoa Hamburg Izmir Kobe Lisbon Marseille Naples Oslo Piraeus Quebec ' +
  'Rotterdam Santos';
const teams =
  'analytics|billing|customs|dispatch|evaluation|fleet|helpdesk|maintenance|operations|safety|scheduling|staging|' +
  'training|warehouse';

/** A project for each team of each port, such as `Lisbon dispatch`: 252 names. */
export function portProjects(): string[] {
  return ports.split(' ').flatMap((port) => teams.split('|').map((team) => `${port} ${team}`));
}
