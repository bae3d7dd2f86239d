import { Platform1700000000001 } from './1700000000001-platform';
import { Workforce1700000000002 } from './1700000000002-workforce';
import { SearchOrder1700000000003 } from './1700000000003-search-order';
import { Portfolio1700000000004 } from './1700000000004-portfolio';
import { Costs1700000000005 } from './1700000000005-costs';
import { PlanAccess1700000000006 } from './1700000000006-plan-access';
import { Scenarios1700000000007 } from './1700000000007-scenarios';
import { Scim1700000000008 } from './1700000000008-scim';
import { Activity1700000000009 } from './1700000000009-activity';
import { Review1700000000012 } from './1700000000012-review';
import { SearchSubjects1700000000021 } from './1700000000021-search-subjects';
import { Merge1700000000026 } from './1700000000026-merge';
import { Reversal1700000000027 } from './1700000000027-reversal';
import { ScenarioActs1700000000028 } from './1700000000028-scenario-acts';
import { FollowCosts1700000000029 } from './1700000000029-follow-costs';
import { Headcounts1700000000032 } from './1700000000032-headcounts';
import { ScenarioWrites1700000000034 } from './1700000000034-scenario-writes';
import { WritesAtOnce1700000000035 } from './1700000000035-writes-at-once';
import { OwnEvents1700000000036 } from './1700000000036-own-events';
import { KeptAnswers1700000000038 } from './1700000000038-kept-answers';
import { EmployeeCosts1700000000039 } from './1700000000039-employee-costs';
import { SearchPlaces1700000000041 } from './1700000000041-search-places';
import { LeftNothing1700000000042 } from './1700000000042-left-nothing';
import { FlaggedCosts1700000000043 } from './1700000000043-flagged-costs';
import { OldAnswers1700000000044 } from './1700000000044-old-answers';
import { FewRows1700000000045 } from './1700000000045-few-rows';
import { KeptValues1700000000046 } from './1700000000046-kept-values';
import { TermsOnADay1700000000047 } from './1700000000047-terms-on-a-day';
import { ManyRows1700000000048 } from './1700000000048-many-rows';
import { CutAllocations1700000000050 } from './1700000000050-cut-allocations';

/** In order; a migration that has run anywhere is never edited again. */
export const MIGRATIONS = [
  Platform1700000000001,
  Workforce1700000000002,
  SearchOrder1700000000003,
  Portfolio1700000000004,
  Costs1700000000005,
  PlanAccess1700000000006,
  Scenarios1700000000007,
  Scim1700000000008,
  Activity1700000000009,
  Review1700000000012,
  SearchSubjects1700000000021,
  Merge1700000000026,
  Reversal1700000000027,
  ScenarioActs1700000000028,
  FollowCosts1700000000029,
  Headcounts1700000000032,
  ScenarioWrites1700000000034,
  WritesAtOnce1700000000035,
  OwnEvents1700000000036,
  KeptAnswers1700000000038,
  EmployeeCosts1700000000039,
  SearchPlaces1700000000041,
  LeftNothing1700000000042,
  FlaggedCosts1700000000043,
  OldAnswers1700000000044,
  FewRows1700000000045,
  KeptValues1700000000046,
  TermsOnADay1700000000047,
  ManyRows1700000000048,
  CutAllocations1700000000050,
];
