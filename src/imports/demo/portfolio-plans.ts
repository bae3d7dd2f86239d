/** What is wrong with a project, on purpose: each is something that find_projects_with_issues has to find. */
export type Flaw = 'held' | 'overrun' | 'empty' | 'ownerless' | 'overspent';

export type Stage = 'proposed' | 'approved' | 'in_progress' | 'blocked' | 'completed' | 'rejected' | 'cancelled';

export interface ProjectPlan {
  name: string;
  stage: Stage;
  /** Months from today; a project without an end goes on. */
  from: number;
  to: number | null;
  stream: string;
  /** Whose people work on it; the first team's lead owns it. */
  teams: readonly string[];
  people: number;
  flaws: readonly Flaw[];
  capex: 'capex' | 'opex' | 'none';
  /** Full-time equivalents that its first team gives as a team, beside its people's own allocations. */
  teamFte: number;
}

export interface AgentPlan {
  name: string;
  provider: string;
  team: string | null;
  seats: number;
  seatPrice: number;
  /** Planned and included tokens per month, and prices per million: input, output. */
  planned: readonly [number, number];
  included: readonly [number, number];
  price: readonly [number, number];
  /** Months from today. */
  from: number;
  to: number | null;
}

export interface PortfolioPlan {
  projects: readonly ProjectPlan[];
  agents: readonly AgentPlan[];
  contractors: number;
  vacancies: number;
  /** Teams (with all below them) whose people hand in weekly effort. */
  effortTeams: readonly string[];
  /** Teams (with all below them) that write code with AI; elsewhere some use ChatGPT. */
  codingTeams: readonly string[];
}

type Extras = Partial<Pick<ProjectPlan, 'flaws' | 'capex' | 'teamFte'>>;

const project = (
  name: string,
  stage: Stage,
  [from, to]: readonly [number, number | null],
  stream: string,
  teams: readonly string[],
  people: number,
  extras: Extras = {},
): ProjectPlan => ({ name, stage, from, to, stream, teams, people, flaws: [], capex: 'opex', teamFte: 0, ...extras });

const seats = (name: string, provider: string, team: string | null, count: number, price: number, from: number): AgentPlan => ({
  ...{ name, provider, team, seats: count, seatPrice: price, from, to: null },
  ...{ planned: [0, 0], included: [0, 0], price: [0, 0] },
});

const metered = (name: string, provider: string, team: string, planned: readonly [number, number], from: number): AgentPlan => ({
  ...{ name, provider, team, seats: 0, seatPrice: 0, from, to: null },
  ...{ planned, included: [20_000_000, 2_000_000], price: [3, 15] },
});

export const ACME_PORTFOLIO: PortfolioPlan = {
  projects: [
    project('Cloud Landing Zone', 'completed', [-24, -13], 'Trust', ['Core Platform', 'Reliability'], 8, { capex: 'capex' }),
    project('Checkout Redesign', 'completed', [-23, -11], 'Buying', ['Checkout', 'Mobile'], 9),
    project('Payments Hub', 'completed', [-22, -5], 'Buying', ['Payments', 'Core Platform'], 7, { flaws: ['held'], capex: 'capex' }),
    project('Data Lakehouse', 'completed', [-21, -4], 'Insight', ['Data Platform'], 6, { flaws: ['held'], capex: 'capex' }),
    project('Catalogue Search', 'completed', [-20, -9], 'Buying', ['Catalogue'], 7),
    project('Mobile App 5', 'completed', [-19, -6], 'Buying', ['Mobile'], 8),
    project('Knowledge Base', 'completed', [-18, -8], 'Delivery', ['Onboarding'], 4, { capex: 'none' }),
    project('Observability', 'completed', [-15, -3], 'Trust', ['Reliability'], 5),
    project('Brand Refresh', 'completed', [-14, -7], 'Selling', ['Brand'], 5, { capex: 'none' }),
    project('Developer Portal', 'in_progress', [-12, 4], 'Trust', ['Developer Experience'], 7),
    project('One-Click Checkout', 'in_progress', [-10, 5], 'Buying', ['Checkout'], 8, { capex: 'capex', teamFte: 2 }),
    project('CRM Consolidation', 'in_progress', [-9, 3], 'Selling', ['Sales EMEA', 'Sales Americas'], 6),
    project('Event Backbone', 'in_progress', [-9, 3], 'Trust', ['Core Platform'], 7, { flaws: ['overspent'], capex: 'capex' }),
    project('Marketplace', 'in_progress', [-8, 10], 'Selling', ['Catalogue', 'Checkout'], 9, { flaws: ['overspent'], capex: 'capex' }),
    project('Demand Forecasting', 'in_progress', [-7, 5], 'Insight', ['Insights', 'Data Platform'], 6),
    project('Supplier Portal', 'in_progress', [-6, 6], 'Delivery', ['Purchasing', 'Logistics'], 5, { flaws: ['ownerless'] }),
    project('Support Assistant', 'in_progress', [-6, 6], 'Delivery', ['Support EMEA', 'Onboarding'], 6, { teamFte: 3 }),
    project('Instant Payouts', 'in_progress', [-5, 7], 'Buying', ['Payments'], 6, { capex: 'capex' }),
    project('Returns Automation', 'in_progress', [-5, 5], 'Delivery', ['Logistics'], 5),
    project('Zero-Trust Access', 'in_progress', [-4, 8], 'Trust', ['Reliability', 'Core Platform'], 6, { teamFte: 4 }),
    project('Loyalty Programme', 'in_progress', [-4, 6], 'Selling', ['Growth', 'Brand'], 5, { capex: 'none' }),
    project('Customer 360', 'in_progress', [-3, 9], 'Insight', ['Data Platform', 'Insights'], 6),
    project('Offline Mode', 'in_progress', [-11, -1], 'Buying', ['Mobile'], 5, { flaws: ['overrun'] }),
    project('Legacy Shop Sunset', 'in_progress', [-16, -2], 'Buying', ['Catalogue', 'Checkout'], 4, { flaws: ['overrun'] }),
    project('Accessibility Audit', 'in_progress', [-2, 4], 'Buying', ['Mobile'], 0, { flaws: ['empty'] }),
    project('Data Protection Review', 'in_progress', [-1, null], 'Trust', ['Legal'], 0, { flaws: ['empty', 'ownerless'], capex: 'none' }),
    project('Warehouse Scanner', 'blocked', [-8, 2], 'Delivery', ['Logistics'], 2, { flaws: ['ownerless'] }),
    project('Partner API', 'approved', [1, 9], 'Selling', ['Payments', 'Developer Experience'], 3),
    project('ERP Upgrade', 'approved', [1, 14], 'Delivery', ['Accounting'], 4, { capex: 'capex' }),
    project('Pricing Lab', 'proposed', [2, 8], 'Insight', ['Insights'], 0),
    project('Blockchain Receipts', 'rejected', [-6, -5], 'Buying', ['Payments'], 0),
    project('Voice Commerce', 'cancelled', [-13, -9], 'Buying', ['Mobile'], 4),
  ],
  agents: [
    seats('Cursor Business', 'Cursor', 'Product Engineering', 60, 40, -20),
    seats('Claude Code Team', 'Anthropic', 'Platform', 35, 100, -11),
    seats('ChatGPT Enterprise', 'OpenAI', 'Acme', 120, 60, -16),
    { ...seats('GitHub Copilot', 'GitHub', 'Engineering', 90, 19, -26), to: -8 },
    metered('Support Bot', 'Anthropic', 'Customer Care', [420_000_000, 36_000_000], -6),
    metered('Forecasting Agent', 'OpenAI', 'Insights', [60_000_000, 9_000_000], -4),
    seats('Gemini for Marketing', 'Google', null, 25, 30, -3),
    seats('Contract Reviewer', 'Harvey', 'Legal', 8, 180, 2),
  ],
  contractors: 26,
  vacancies: 24,
  effortTeams: ['Engineering', 'Customer Care'],
  codingTeams: ['Engineering'],
};

export const LABS_PORTFOLIO: PortfolioPlan = {
  projects: [
    project('Robot Packing', 'in_progress', [-9, 6], 'Discovery', ['Prototypes'], 6, { capex: 'capex' }),
    project('Visual Search', 'in_progress', [-5, 4], 'Discovery', ['Applied Research'], 5),
    project('Sound Tagging', 'completed', [-16, -6], 'Discovery', ['Applied Research'], 4, { flaws: ['held'] }),
  ],
  agents: [seats('Claude Code Team', 'Anthropic', 'Research', 20, 100, -8)],
  contractors: 4,
  vacancies: 4,
  effortTeams: ['Research'],
  codingTeams: ['Research'],
};

export const GLOBEX_PORTFOLIO: PortfolioPlan = {
  projects: [
    project('Smart Metering', 'in_progress', [-14, 8], 'Billing', ['Metering'], 8, { capex: 'capex' }),
    project('Dispatch Automation', 'in_progress', [-10, 5], 'Supply', ['Dispatch'], 8, { flaws: ['overspent'] }),
    project('Grid Telemetry', 'completed', [-22, -7], 'Balance', ['Field Data'], 5, { flaws: ['held'] }),
    project('Bill Redesign', 'completed', [-13, -4], 'Billing', ['Communications'], 3, { capex: 'none' }),
    project('Storm Forecast', 'in_progress', [-6, 6], 'Balance', ['Field Data', 'Dispatch'], 4),
    project('Tariff Engine', 'approved', [1, 10], 'Billing', ['Metering'], 3),
    project('Office Move', 'blocked', [-3, 3], 'Supply', ['Workplace'], 2, { flaws: ['ownerless'] }),
  ],
  agents: [
    seats('Cursor Business', 'Cursor', 'Technology', 40, 40, -15),
    metered('Customer Desk Bot', 'OpenAI', 'Customer Desk', [180_000_000, 20_000_000], -7),
  ],
  contractors: 8,
  vacancies: 9,
  effortTeams: ['Technology'],
  codingTeams: ['Technology'],
};

export const INITECH_PORTFOLIO: PortfolioPlan = {
  projects: [project('Report Builder', 'in_progress', [-6, 6], 'Product', ['Product'], 4)],
  agents: [seats('ChatGPT Team', 'OpenAI', 'Product', 10, 30, -5)],
  contractors: 2,
  vacancies: 2,
  effortTeams: [],
  codingTeams: [],
};
