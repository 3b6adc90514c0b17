// What the reverse view loads when it is first looked at.
export { byProject } from '../access/byProject';
export { projectItemFor } from './projectItems';
export { ProjectRows } from './projectRows';
export { tooltipFor } from './tooltips';
