// Entry point of the lazy bundle of all views, loaded when the first list, hover, or details page is shown.
export { groupByProject } from '../access/catalog/accessByProject';
export { scannedIdAt } from '../access/ids/scannedIds';
export { failureInLog } from '../words/loading';
export { projectNamesInLog, projectNamesNote, projectsMessage } from '../words/projects';
export { CheckpointRows, checkpointsItem } from './checkpoints/checkpointRows';
export { organizationFailure } from './checkpoints/children';
export { detailsText } from './details/text';
export { hoverContents as contentsFor } from './hover/contents';
export { projectItemFor, projectsTooltip } from './projects/projectItems';
export { ProjectRows } from './projects/projectRows';
export { agesOfCheckpoint, agesOfProjects } from './shared/ages';
export { resolveItem } from './shared/resolveItem';
export { TreePlace } from './shared/treePlace';
export { showStatus } from './status/organizationStatus';
export { whenOpened } from './whenOpened';
