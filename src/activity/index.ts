export { ActivityModule } from './activity.module';
export { type ActivityEntry, ActivityService } from './activity.service';
