/** A row that another one points to. */
export interface IdName {
  id: string;
  name: string;
}

/** A part of somebody's time, from day to day inclusive; no end = open. */
interface Allocated {
  id: string;
  fte: number;
  startDate: string;
  endDate?: string;
}

export interface TeamAllocation extends Allocated {
  teamId: string;
  team: string;
  isPrimary: boolean;
}

export interface ProjectAllocation extends Allocated {
  projectId: string;
  project: string;
}

/** Current and agreed allocations of whoever can be allocated. */
export interface Allocations {
  allocations?: TeamAllocation[];
  projectAllocations?: ProjectAllocation[];
}
