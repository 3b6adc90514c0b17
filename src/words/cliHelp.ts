// The help of the command-line tool. Imports nothing, so that it is shown at once.

/** The name of the command, of its package, and of its output. */
export const cliName = 'checkpoint-access';

const common = `Options for every command:
  --file PATH          The access file (default: .openai/checkpoint-access.jsonc)
  --format FORMAT      text, json, markdown, or github (default: text)
  --base-url URL       The API, if you use a gateway (default: https://api.openai.com/v1)
  --verbose            Report each request on standard error
  --help, --version    Show this help, or the version

Environment:
  OPENAI_ADMIN_KEY     The admin API key. It is never an argument.
  HTTPS_PROXY, HTTP_PROXY, NO_PROXY, NODE_EXTRA_CA_CERTS, NO_COLOR

Exit codes:
  0  Access is as the file says, or was changed and confirmed
  1  Error, or not everything could be loaded
  2  Access differs from the file, or the file isn't formatted (fmt --check)
  3  Refused for safety: no change was sent
  4  Only some changes were made or confirmed, or apply or expire was canceled
  64 The command line is wrong
`;

/** The help without a command. */
const overview = `Usage: checkpoint-access [command] [options]

Keeps the access of projects to fine-tuned models as a reviewed file says.

Commands:
  plan       Show what would change (the default). It changes nothing.
  apply      Plan, change access, and confirm each change
  drift      Show how access differs from the file, and what is outside of it
  expire     Revoke only access whose last day is over
  init       Write the file from current access
  validate   Check the file
  fmt        Format the file

${common}
Examples:
  checkpoint-access init
  checkpoint-access plan --format markdown
  checkpoint-access apply --yes

checkpoint-access plan --help has examples for plan, and so for each command.
`;

const verbs = {
  init: `Usage: checkpoint-access init [--checkpoint ID]... [--organization NAME] [--force]

Writes the access file from current access. Every checkpoint is additive, so a plan of it changes nothing.
Checkpoints are found in the audit log and in usage data. Lists that aren't complete are skipped and named.

  --checkpoint ID      Only this checkpoint, without a search. Can be repeated.
  --organization NAME  The organization, for a gateway that doesn't name it
  --force              Replace an existing file

Examples:
  checkpoint-access init
  checkpoint-access init --checkpoint ft:gpt-4.1-mini-2025-04-14:acme-corp:support:CZtsdFlR
`,
  validate: `Usage: checkpoint-access validate [--online]

Checks the file, and sends nothing.

  --online             Also check it against the organization: projects, names, owners, and reasons

Examples:
  checkpoint-access validate
  checkpoint-access validate --online --format github
`,
  fmt: `Usage: checkpoint-access fmt [--check] [--names]

Formats the file. Comments and the order stay.

  --check              Change nothing. Exit code 2 says that the file isn't formatted.
  --names              Also write the current names of the projects, which needs a key

Examples:
  checkpoint-access fmt
  checkpoint-access fmt --check
  checkpoint-access fmt --names
`,
  plan: `Usage: checkpoint-access [plan] [--out FILE]

Shows what would change. It changes nothing.

  --out FILE           Save the plan, so that apply makes exactly these changes or none

Examples:
  checkpoint-access plan
  checkpoint-access plan --out plan.json
  checkpoint-access plan --format github
`,
  drift: `Usage: checkpoint-access drift [--strict]

Shows how access differs from the file. It also names access beyond additive lists, and checkpoints outside of
the file that the audit log or usage data has.

  --strict             These count as differences, too

Examples:
  checkpoint-access drift
  checkpoint-access drift --strict --format json
`,
  apply: `Usage: checkpoint-access apply [PLAN] --yes [--allow-removals N]

Plans, changes access, and confirms each change. Access is granted first, then revoked. It is refused for pull requests.

  PLAN                 A saved plan. It is refused if the file or access changed since.
  --yes                Really change access
  --allow-removals N   Allow exactly N removals for this run, beyond the limit of the file

Examples:
  checkpoint-access apply --yes
  checkpoint-access apply plan.json --yes
  checkpoint-access apply --yes --allow-removals 12
`,
  expire: `Usage: checkpoint-access expire --yes

Revokes only access whose last day, "until", is over. It is refused for pull requests.

  --yes                Really change access

Examples:
  checkpoint-access expire --yes
`,
} as const;

export type CLIVerb = keyof typeof verbs;

export const cliVerbs = Object.keys(verbs) as readonly CLIVerb[];

/** The help, or that of a command. */
export function helpText(verb?: CLIVerb): string {
  return verb === undefined ? overview : `${verbs[verb]}\n${common}`;
}
