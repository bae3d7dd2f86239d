export { EmployeeChanges, type EmployeeMove, type EmployeeUpdate, type NewEmployee } from './employee-changes.service';
export { type NewTeam, TeamChanges, type TeamRemoval, type TeamUpdate } from './team-changes.service';
export { type Termination, Terminations } from './termination.service';
