// Entry point of the lazy bundle of all views, loaded when the first list, hover, or details page is shown.
export { groupByProject } from '../access/catalog/accessByProject';
export { failureInLog } from '../words/loading';
export { projectNamesInLog, projectNamesNote } from '../words/projects';
export { ArrangedRoot } from './checkpoints/arrangedRoot';
export { childrenOf, organizationFailure } from './checkpoints/children';
export { itemFor, modelItem } from './checkpoints/items';
export { detailsText } from './details/text';
export { hoverContents as contentsFor } from './hover/contents';
export { projectItemFor } from './projects/projectItems';
export { ProjectRows } from './projects/projectRows';
export { tooltipFor } from './shared/tooltips';
export { TreePlace } from './shared/treePlace';
export { showWaitNotice } from './shared/waitingNotice';
