import { Module } from '@nestjs/common';
import { LiveEdits } from './live-edits.service';

/** What people change of live data by hand. */
@Module({ providers: [LiveEdits], exports: [LiveEdits] })
export class LiveEditsModule {}
