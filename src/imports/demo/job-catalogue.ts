export interface Job {
  title: string;
  /** Typical annual pay at 1.0 FTE, euros, before the place's cost factor. */
  pay: number;
  /** Bonus as a share of pay. */
  bonus: number;
  /** Title that people are promoted from. */
  from?: string;
  skills: readonly string[];
}

const CODE = ['TypeScript', 'Java', 'Python', 'Go', 'SQL', 'React', 'Kubernetes', 'PostgreSQL', 'Event sourcing', 'Accessibility'];
const DATA = ['SQL', 'Python', 'Statistics', 'dbt', 'Forecasting', 'Machine learning', 'Data modelling'];
const SELL = ['Negotiation', 'CRM', 'Account planning', 'Français', 'Español', 'Deutsch', 'Public speaking'];
const MAKE = ['Copywriting', 'SEO', 'Brand strategy', 'Analytics', 'Video', 'Français'];
const MONEY = ['IFRS', 'Controlling', 'Excel', 'Forecasting', 'Tax', 'Treasury'];
const PEOPLE = ['Recruiting', 'Labour law', 'Coaching', 'Compensation design', 'Interviewing'];
const CARE = ['Incident management', 'Zendesk', 'SQL', 'Español', 'Technical writing', 'Logistics'];
const LEAD = ['Coaching', 'Budgeting', 'Hiring', 'Strategy', 'Public speaking'];
const DESIGN = ['Figma', 'User research', 'Prototyping', 'Accessibility', 'Design systems'];

const job = (title: string, pay: number, bonus: number, skills: readonly string[], from?: string): Job => ({
  title,
  pay,
  bonus,
  skills,
  ...(from && { from }),
});

export const JOBS: readonly Job[] = [
  job('Chief Executive Officer', 310_000, 0.4, LEAD),
  job('Vice President', 205_000, 0.3, LEAD, 'Director'),
  job('Director', 152_000, 0.2, LEAD, 'Team Lead'),
  job('Team Lead', 108_000, 0.12, LEAD),
  job('Software Engineer', 66_000, 0.05, CODE),
  job('Senior Software Engineer', 86_000, 0.08, CODE, 'Software Engineer'),
  job('Staff Engineer', 112_000, 0.12, CODE, 'Senior Software Engineer'),
  job('Site Reliability Engineer', 88_000, 0.08, CODE),
  job('Product Manager', 92_000, 0.1, [...DATA, ...LEAD]),
  job('Product Designer', 72_000, 0.05, DESIGN),
  job('Data Analyst', 58_000, 0.04, DATA),
  job('Data Scientist', 82_000, 0.08, DATA, 'Data Analyst'),
  job('Account Executive', 62_000, 0.3, SELL),
  job('Senior Account Executive', 79_000, 0.35, SELL, 'Account Executive'),
  job('Sales Engineer', 84_000, 0.15, [...SELL, 'SQL']),
  job('Marketing Specialist', 52_000, 0.05, MAKE),
  job('Marketing Manager', 71_000, 0.08, MAKE, 'Marketing Specialist'),
  job('Customer Support Specialist', 41_000, 0.03, CARE),
  job('Senior Support Specialist', 50_000, 0.04, CARE, 'Customer Support Specialist'),
  job('Logistics Planner', 49_000, 0.04, CARE),
  job('Accountant', 54_000, 0.04, MONEY),
  job('Financial Controller', 83_000, 0.1, MONEY, 'Accountant'),
  job('Legal Counsel', 96_000, 0.1, ['Contract law', 'Labour law', 'Data protection']),
  job('Recruiter', 51_000, 0.05, PEOPLE),
  job('People Partner', 67_000, 0.07, PEOPLE, 'Recruiter'),
  job('Intern', 24_000, 0, ['Excel', 'SQL', 'Copywriting']),
];
