//! Plans of annual reports: an invented organ, a year, and figures that keep every identity.

use crate::Chance;
use gongkai_domain::figure::{CellKey, Figures};
use gongkai_domain::form::{Form, Operator, Table, TableKind, forms};
use rand::Rng;
use rand::seq::{IndexedRandom, IteratorRandom};
use rust_decimal::Decimal;

/// Places that exist nowhere.
const PLACES: [&str; 8] =
    ["云河县", "东岭市", "青杉区", "白鹭县", "石桥岭市", "望溪县", "南浦坪区", "霞川市"];

/// Bureaus below a place.
const BUREAUS: [&str; 8] = [
    "商务局",
    "工业和信息化局",
    "政务服务管理局",
    "教育局",
    "自然资源局",
    "卫生健康局",
    "人民政府办公室",
    "城市管理局",
];

/// How large the figures are, and whether they add up.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Mode {
    /// Nothing happened all year.
    Zero,
    /// A few cases.
    Small,
    /// Thousands.
    Large,
    /// A few cases, and some figures that break the identities.
    Faulty,
}

impl Mode {
    /// Every mode.
    pub const ALL: [Self; 4] = [Self::Zero, Self::Small, Self::Large, Self::Faulty];
}

/// What a report is to say.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The place, an invented one.
    pub place: &'static str,
    /// Full name of the organ.
    pub agency: String,
    /// The year reported on.
    pub year: i16,
    /// The form of tables two, three and four.
    pub forms: [&'static Form; 3],
    /// Every figure of those tables.
    pub figures: Figures,
    /// How large they are.
    pub mode: Mode,
}

impl Plan {
    /// Draws a plan.
    pub fn draw(mode: Mode, chance: &mut Chance) -> Self {
        let place = *PLACES.choose(chance).expect("there are places");
        let bureau = BUREAUS.choose(chance).expect("there are bureaus");
        let form = forms().choose(chance).expect("there are forms");
        let first = form.first_year;
        let year = chance.random_range(first..=form.last_year.unwrap_or(first + 4));
        let mut plan = Self {
            place,
            agency: format!("{place}{bureau}"),
            year,
            forms: [form; 3],
            figures: Figures::default(),
            mode,
        };
        plan.draw_figures(chance);
        plan
    }

    /// Draws the figures anew, for the forms that the plan has now.
    pub fn draw_figures(&mut self, chance: &mut Chance) {
        self.figures =
            self.tables().iter().flat_map(|table| draw_table(table, self.mode, chance)).collect();
        if self.mode == Mode::Faulty {
            break_identities(self, chance);
        }
    }

    /// The three tables, each of its own form.
    pub fn tables(&self) -> [&'static Table; 3] {
        let [two, three, four] = self.forms;
        [
            two.table(TableKind::Proactive),
            three.table(TableKind::Requests),
            four.table(TableKind::Remedies),
        ]
    }

    /// A figure by its key; zero where the forms have no such cell.
    pub fn figure(&self, key: &str) -> Decimal {
        self.figures.by_key(key).unwrap_or_default()
    }
}

type Drawn = Vec<(CellKey, Option<Decimal>)>;

fn draw_table(table: &Table, mode: Mode, chance: &mut Chance) -> Drawn {
    let values: Vec<Vec<i64>> = match table.kind {
        TableKind::Proactive => return draw_proactive(table, mode, chance),
        TableKind::Requests => draw_requests(table, mode, chance),
        TableKind::Remedies => table.cells.iter().map(|_| draw_remedy(mode, chance)).collect(),
    };
    let cells = table.cells.iter().flatten();
    cells.zip(values.into_iter().flatten()).map(|(key, value)| (*key, Some(value.into()))).collect()
}

/// One count: mostly zero where little happens.
fn count(mode: Mode, chance: &mut Chance) -> i64 {
    match mode {
        Mode::Zero => 0,
        Mode::Small | Mode::Faulty if chance.random_bool(0.8) => 0,
        Mode::Small | Mode::Faulty => chance.random_range(1..=30),
        Mode::Large if chance.random_bool(0.2) => 0,
        Mode::Large => chance.random_range(1..=4000),
    }
}

fn draw_remedy(mode: Mode, chance: &mut Chance) -> Vec<i64> {
    let mut row: Vec<i64> = (0..4).map(|_| count(mode, chance)).collect();
    row.push(row.iter().sum());
    row
}

/// Columns of persons are drawn, then results are added up, then what came in is split.
fn draw_requests(table: &Table, mode: Mode, chance: &mut Chance) -> Vec<Vec<i64>> {
    let row = |key: &str| table.row(key).expect("both forms have this row");
    let (received, brought) = (row("received"), row("brought_forward"));
    let (closed, carried) = (row("closed_total"), row("carried_forward"));
    let mut values = vec![vec![0; 7]; table.rows.len()];
    let inflow = [received, brought, closed, carried];
    for column in 0..6 {
        for result in (0..table.rows.len()).filter(|row| !inflow.contains(row)) {
            values[result][column] = count(mode, chance);
        }
        let results: i64 = values.iter().map(|row| row[column]).sum();
        values[closed][column] = results;
        values[carried][column] = count(mode, chance).min(40);
        let all = results + values[carried][column];
        values[brought][column] = count(mode, chance).min(all);
        values[received][column] = all - values[brought][column];
    }
    for row in &mut values {
        row[6] = row[..6].iter().sum();
    }
    values
}

fn draw_proactive(table: &Table, mode: Mode, chance: &mut Chance) -> Drawn {
    let mut drawn = Vec::new();
    for (row, cells) in table.cells.iter().enumerate() {
        for (column, key) in table.columns(row).iter().zip(cells) {
            let value = match (column.unit.as_str(), column.signed) {
                ("万元", _) => draw_money(mode, chance),
                (_, true) => {
                    Decimal::from(count(mode, chance) * [1, -1][chance.random_range(0..2)])
                }
                _ => Decimal::from(count(mode, chance)),
            };
            drawn.push((*key, Some(value)));
        }
        keep_order(table, row, &mut drawn);
    }
    drawn
}

/// An amount in 万元 with up to four decimals.
fn draw_money(mode: Mode, chance: &mut Chance) -> Decimal {
    let whole = count(mode, chance);
    if mode == Mode::Zero || (whole == 0 && chance.random_bool(0.7)) {
        return Decimal::ZERO;
    }
    let decimals = chance.random_range(0..=4);
    let digits = whole * 10_i64.pow(decimals) + chance.random_range(0..10_i64.pow(decimals));
    Decimal::new(digits, decimals).normalize()
}

/// Raises the left side of every `>=` of a row until it holds (in force, not fewer than issued).
fn keep_order(table: &Table, row: usize, drawn: &mut Drawn) {
    let columns = table.columns(row);
    let start = drawn.len() - columns.len();
    let at = |key: &str| columns.iter().position(|column| column.key == key).map(|c| start + c);
    for relation in table.relations.iter().filter(|each| each.op == Operator::AtLeast) {
        let (Some(left), Some(right)) = (at(&relation.left[0]), at(&relation.right[0])) else {
            continue;
        };
        drawn[left].1 = drawn[left].1.max(drawn[right].1);
    }
}

/// Raises one to four figures of tables three and four, so that something does not add up.
fn break_identities(plan: &mut Plan, chance: &mut Chance) {
    let [_, requests, remedies] = plan.tables();
    let cells = requests.cells.iter().chain(&remedies.cells).flatten();
    let amount = chance.random_range(1..=4);
    for cell in cells.choose_multiple(chance, amount) {
        let raised =
            plan.figures.get(*cell).unwrap_or_default() + Decimal::from(chance.random_range(1..=9));
        plan.figures.set(*cell, Some(raised));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use gongkai_domain::form::{Across, Relation};
    use rand::SeedableRng;

    fn holds(plan: &Plan, table: &Table, relation: &Relation) -> bool {
        let sum = |terms: &[String], of: &dyn Fn(&str) -> Option<CellKey>| -> Option<Decimal> {
            terms.iter().map(|term| of(term).and_then(|cell| plan.figures.get(cell))).sum()
        };
        let holds = |of: &dyn Fn(&str) -> Option<CellKey>| {
            let sides = sum(&relation.left, of).zip(sum(&relation.right, of));
            sides.is_none_or(|(left, right)| relation.op.holds(left, right))
        };
        match relation.across {
            Across::Rows => table.rows.iter().all(|row| holds(&|term| table.cell(&row.key, term))),
            Across::Columns => table.blocks[0]
                .columns
                .iter()
                .all(|column| holds(&|term| table.cell(term, &column.key))),
        }
    }

    #[test]
    fn plans_keep_every_identity_unless_they_are_to_break_one() {
        for seed in 0..200 {
            let mode = Mode::ALL[seed as usize % 4];
            let plan = Plan::draw(mode, &mut Chance::seed_from_u64(seed));
            let kept = plan
                .tables()
                .iter()
                .all(|table| table.relations.iter().all(|relation| holds(&plan, table, relation)));
            assert_eq!(kept, mode != Mode::Faulty, "seed {seed}");
        }
    }

    #[test]
    fn plans_have_every_cell_of_their_forms() {
        let plan = Plan::draw(Mode::Large, &mut Chance::seed_from_u64(1));
        let cells = plan.tables().iter().flat_map(|table| &table.cells).flatten().count();
        assert_eq!(plan.figures.len(), cells);
    }
}
