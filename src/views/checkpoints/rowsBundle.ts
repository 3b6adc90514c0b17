// How the checkpoints are laid out and what their rows say: loaded with the first list that is shown.
export { failureInLog } from '../../words/loading';
export { projectNamesInLog, projectNamesNote } from '../../words/projects';
export { tooltipFor } from '../shared/tooltips';
export { ArrangedRoot } from './arrangedRoot';
export { childrenOf, organizationFailure } from './children';
export { itemFor, modelItem } from './items';
