import { checkpointNamed, projectNamed } from '../../access/agents/findNamed';
import { type ExplainAccessInput, parseExplainAccess } from '../../access/agents/toolInput';
import { explainAccess, explanationOf, requestsToExplain } from '../../access/explain/explainAccess';
import { type Gate, gateKinds } from '../../access/explain/gates';
import type { Organization } from '../../access/organization';
import { isoMoment } from '../../text/dates';
import { namesOf } from '../../views/access/explain/shown';
import { asMarkdown } from '../../views/markdown/escape';
import { explainNeeds, explainQuestion } from '../../words/agents';
import { gateInWords, reasonsOfVerdict, verdictLine, warningsInWords } from '../../words/explain';
import { aboutAnswer, checkpointFacts, idOf, projectFacts } from './listAccess';
import type { Tool } from './tool';

function pairOf(organization: Organization, { project, checkpoint }: ExplainAccessInput) {
  return {
    project: idOf('project', projectNamed(organization, project)),
    checkpoint: idOf('checkpoint', checkpointNamed(organization, checkpoint)),
  };
}

/** Why a project can, or can't, use a checkpoint: the verdict and its gates, each with its source and age. */
export const explainAccessTool: Tool<ExplainAccessInput> = {
  parse: parseExplainAccess,

  requests: (organization, input) => {
    const { project, checkpoint } = pairOf(organization, input);
    return input.load ? requestsToExplain(organization, project, checkpoint) : 0;
  },

  ask: (organization, input, requests) => {
    const names = namesOf(organization, pairOf(organization, input));
    return explainQuestion(asMarkdown(names.project), asMarkdown(names.checkpoint), requests);
  },

  run: async (_, organization, input, signal) => {
    const { project, checkpoint } = pairOf(organization, input);
    const explanation = input.load
      ? await explainAccess(organization, project, checkpoint, signal, 'background')
      : explanationOf(organization, project, checkpoint);
    const { verdict, gates, at } = explanation;
    const names = namesOf(organization, { project, checkpoint });
    const all: readonly Gate[] = gateKinds.map((kind) => gates[kind]);
    const needs = explainNeeds(requestsToExplain(organization, project, checkpoint));
    return {
      facts: {
        ...aboutAnswer(organization),
        project: projectFacts(organization, project),
        checkpoint: checkpointFacts(organization, checkpoint, at),
        verdict: verdict.kind,
        summary: verdictLine(explanation, names),
        reasons: reasonsOfVerdict(explanation, names),
        warnings: warningsInWords(explanation),
        gates: all.map((gate) => {
          const { title, state, evidence, source, advice } = gateInWords(gate, names, at);
          return {
            gate: title,
            state,
            evidence,
            source,
            ...(gate.loadedAt !== undefined && { loadedAt: isoMoment(gate.loadedAt) }),
            ...(gate.isOld && { isOld: true }),
            ...(gate.inferred && { isInferred: true }),
            advice,
          };
        }),
        ...(needs && { needs }),
      },
    };
  },
};
