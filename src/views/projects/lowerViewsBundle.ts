// What the two lower views load when one of them is first looked at: the less there is to load apart, the less is shared.
export { byProject } from '../../access/catalog/byProject';
export { HistoryTree } from '../history/historyTree';
export { tooltipFor } from '../shared/tooltips';
export { projectItemFor } from './projectItems';
export { ProjectRows } from './projectRows';
