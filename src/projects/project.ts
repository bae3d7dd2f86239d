export const PROJECT_STATUSES = ['planning', 'active', 'completed', 'on_hold', 'cancelled'] as const;
export const LIFECYCLE_STAGES = ['proposed', 'approved', 'in_progress', 'blocked', 'completed', 'rejected', 'cancelled'] as const;

export type ProjectStatus = (typeof PROJECT_STATUSES)[number];
export type LifecycleStage = (typeof LIFECYCLE_STAGES)[number];
