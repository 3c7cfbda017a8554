-- The tables that questions are asked of, as holdings have them, and what stands in a column that
-- a spec says nothing of.
CREATE TABLE payments (
  agency VARCHAR DEFAULT 'north', file VARCHAR DEFAULT 'f1', sheet VARCHAR DEFAULT '',
  row INTEGER DEFAULT 2, kind VARCHAR DEFAULT 'payment', amount_pence BIGINT DEFAULT 100,
  net_pence BIGINT, vat_pence BIGINT, gross_pence BIGINT, vat_basis VARCHAR DEFAULT 'net',
  paid_on DATE DEFAULT DATE '2024-04-15', precision VARCHAR DEFAULT 'day',
  month DATE DEFAULT DATE '2024-04-01', payee VARCHAR DEFAULT 'Acme Ltd',
  payee_number VARCHAR DEFAULT '', redacted BOOLEAN DEFAULT false, unit VARCHAR DEFAULT '',
  purpose VARCHAR DEFAULT '', detail VARCHAR DEFAULT '', reference VARCHAR DEFAULT '',
  copy BOOLEAN DEFAULT false
);
CREATE TABLE faults (
  agency VARCHAR DEFAULT 'north', file VARCHAR DEFAULT 'f1', name VARCHAR DEFAULT 'April.csv',
  sheet VARCHAR DEFAULT '', row INTEGER DEFAULT 2, "column" VARCHAR DEFAULT '',
  found VARCHAR DEFAULT '', why VARCHAR DEFAULT 'is no sum of money',
  next_step VARCHAR DEFAULT 'Ask the publisher', refused BOOLEAN DEFAULT false,
  amount_pence BIGINT
);
CREATE TABLE tables (
  file VARCHAR DEFAULT 'f1', sheet VARCHAR DEFAULT '', year_start INTEGER
);
CREATE TABLE payees (
  agency VARCHAR DEFAULT 'north', payee VARCHAR DEFAULT 'Acme Ltd', body VARCHAR DEFAULT '',
  body_kind VARCHAR DEFAULT ''
);
CREATE TABLE purposes (
  agency VARCHAR DEFAULT 'north', unit VARCHAR DEFAULT '', purpose VARCHAR DEFAULT '',
  detail VARCHAR DEFAULT '', payee VARCHAR DEFAULT 'Acme Ltd',
  service VARCHAR DEFAULT 'unclassified', economic VARCHAR DEFAULT 'unknown',
  confidence INTEGER DEFAULT 0
);
CREATE TABLE cube (
  agency VARCHAR DEFAULT 'north', year_start INTEGER DEFAULT 2024,
  month DATE DEFAULT DATE '2024-04-01', kind VARCHAR DEFAULT 'payment',
  vat_basis VARCHAR DEFAULT 'net', body VARCHAR DEFAULT '', body_kind VARCHAR DEFAULT '',
  service VARCHAR DEFAULT 'unclassified', economic VARCHAR DEFAULT 'unknown',
  redacted BOOLEAN DEFAULT false, copy BOOLEAN DEFAULT false, row_count BIGINT DEFAULT 1,
  amount_pence BIGINT DEFAULT 100, negative_pence BIGINT DEFAULT 0
);
CREATE TABLE payee_cube (
  agency VARCHAR DEFAULT 'north', year_start INTEGER DEFAULT 2024,
  payee VARCHAR DEFAULT 'Acme Ltd', body VARCHAR DEFAULT '', row_count BIGINT DEFAULT 1,
  amount_pence BIGINT DEFAULT 100
);
CREATE TABLE returns (
  agency VARCHAR DEFAULT 'north', body_gss VARCHAR DEFAULT 'E07000001',
  body_name VARCHAR DEFAULT 'North Council', area VARCHAR DEFAULT '',
  year_start INTEGER DEFAULT 2024, form VARCHAR DEFAULT 'outturn', line VARCHAR DEFAULT 'total',
  service VARCHAR DEFAULT 'education', economic VARCHAR DEFAULT 'revenue',
  item VARCHAR DEFAULT '', income_rule VARCHAR DEFAULT 'net', basis VARCHAR DEFAULT 'actual',
  status VARCHAR DEFAULT 'measured', amount_pence BIGINT, low_pence BIGINT, high_pence BIGINT,
  file VARCHAR DEFAULT 'r1', document VARCHAR DEFAULT 'r1.csv', sheet VARCHAR DEFAULT '',
  row INTEGER DEFAULT 2, "column" VARCHAR DEFAULT 'B', note VARCHAR DEFAULT ''
);
CREATE TABLE return_faults (
  form VARCHAR DEFAULT 'outturn', file VARCHAR DEFAULT 'r1', document VARCHAR DEFAULT 'r1.csv',
  sheet VARCHAR DEFAULT '', row INTEGER DEFAULT 2, "column" VARCHAR DEFAULT 'B',
  cell VARCHAR DEFAULT 'B2', found VARCHAR DEFAULT '', why VARCHAR DEFAULT 'is no sum of money',
  next_step VARCHAR DEFAULT 'Ask the publisher', figures INTEGER DEFAULT 1
);
CREATE TABLE return_totals (
  agency VARCHAR DEFAULT 'north', body_gss VARCHAR DEFAULT 'E07000001',
  body_name VARCHAR DEFAULT 'North Council', area VARCHAR DEFAULT '',
  year_start INTEGER DEFAULT 2024, form VARCHAR DEFAULT 'outturn', line VARCHAR DEFAULT 'total',
  item VARCHAR DEFAULT '', amount_pence BIGINT, sum_pence BIGINT, parts INTEGER DEFAULT 0,
  parts_missing INTEGER DEFAULT 0, allowed_pence BIGINT DEFAULT 0,
  verdict VARCHAR DEFAULT 'agrees', why VARCHAR DEFAULT '', file VARCHAR DEFAULT 'r1',
  document VARCHAR DEFAULT 'r1.csv', sheet VARCHAR DEFAULT '', row INTEGER DEFAULT 2,
  "column" VARCHAR DEFAULT 'B'
);
CREATE TABLE treated (
  agency VARCHAR DEFAULT 'north', payee VARCHAR DEFAULT 'Acme Ltd', unit VARCHAR DEFAULT '',
  purpose VARCHAR DEFAULT '', detail VARCHAR DEFAULT '', amount_pence BIGINT, nature VARCHAR DEFAULT 'transfer',
  receiver VARCHAR DEFAULT '', treatment VARCHAR DEFAULT 'kept'
);
CREATE TABLE readings (
  row BIGINT DEFAULT 2, heading VARCHAR DEFAULT 'observation', measure VARCHAR DEFAULT 'Absence',
  area VARCHAR DEFAULT 'E10000001', area_name VARCHAR DEFAULT 'Wexshire', level VARCHAR DEFAULT '',
  period VARCHAR DEFAULT '2020/21', value VARCHAR, numerator BIGINT, denominator BIGINT,
  low VARCHAR, high VARCHAR, unit VARCHAR DEFAULT '%', status VARCHAR DEFAULT 'published',
  why_missing VARCHAR DEFAULT '', note VARCHAR DEFAULT '', source VARCHAR DEFAULT 'f1'
);
CREATE TABLE aside (
  row BIGINT DEFAULT 2, heading VARCHAR DEFAULT 'observation', measure VARCHAR DEFAULT 'Absence',
  area_name VARCHAR DEFAULT 'Wexshire', period VARCHAR DEFAULT '2020/21',
  found VARCHAR DEFAULT 'ten', why VARCHAR DEFAULT 'is no number'
);
