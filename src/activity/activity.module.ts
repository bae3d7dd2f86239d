import { Module } from '@nestjs/common';
import { ActivityService } from './activity.service';

/** The audit trail, as far as an organization's own people may read it. */
@Module({ providers: [ActivityService], exports: [ActivityService] })
export class ActivityModule {}
