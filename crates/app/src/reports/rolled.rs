//! Adding up: an organ's own figures and those handed in by the organs right below it.

use super::act::Ground;
use super::{board, form};
use crate::AppError;
use gongkai_domain::figure::Figures;
use gongkai_domain::filing::{Filing, FilingKey};
use gongkai_domain::report::rollup::{Child, Part, RolledUp, Stale, rollup, stale};
use gongkai_store::Db;
use gongkai_store::reports::{FilingLine, of_year};

/// Whether what is below it may be added up: handed in, and not taken back.
pub(super) fn is_in(line: &FilingLine) -> bool {
    FilingKey::ALL.into_iter().any(|key| key.key() == line.state && key.is_locked())
}

fn part(line: &FilingLine) -> Part {
    Part {
        organ: line.organ.to_string(),
        name: line.agency.clone(),
        figures: line.figures.clone(),
        handed_in_on: line.handed_in_on,
        n_restatements: line.n_restatements,
    }
}

/// The sum of an organ with organs below it; `None` where there is nothing to add up.
pub(super) async fn sum(
    db: &mut Db,
    ground: &Ground,
    year: i16,
    own: Figures,
) -> Result<Option<RolledUp>, AppError> {
    if ground.children(year).next().is_none() {
        return Ok(None);
    }
    let lines = of_year(db, year).await?;
    let child = |organ: &gongkai_domain::organ::Organ| {
        let line = lines.iter().find(|line| line.organ == organ.id && is_in(line));
        Child {
            organ: organ.id.to_string(),
            name: organ.name_on(jiff::civil::date(year, 12, 31)).to_owned(),
            report: line.map(part),
        }
    };
    let children: Vec<Child> = ground.children(year).map(child).collect();
    let own = Part {
        organ: ground.organ.id.to_string(),
        name: ground.agency(year),
        figures: own,
        handed_in_on: None,
        n_restatements: 0,
    };
    let due = ground.children(year).filter_map(|organ| board::due(organ, year)).max();
    Ok(Some(rollup(form(year)?, Some(own), &children, due)))
}

/// Why a sum no longer holds: what of its basis changed since; a sentence each.
pub(super) fn outdated(
    ground: &Ground,
    filing: &Filing,
    own: &Figures,
    lines: &[FilingLine],
) -> Vec<String> {
    let (basis, year) = (&filing.basis, filing.year);
    if basis.is_empty() {
        return Vec::new();
    }
    let below = ground.children(year).filter_map(|organ| {
        let line = lines.iter().find(|line| line.organ == organ.id && is_in(line))?;
        Some((organ.id.as_str(), &line.figures))
    });
    let now = [(ground.organ.id.as_str(), own)].into_iter().chain(below);
    let found = stale(basis, now);
    let name = |id: &str| {
        let organ = ground.organs.iter().find(|organ| organ.id.as_str() == id);
        organ.map_or(id, |organ| organ.name.as_str()).to_owned()
    };
    let sentence = |each: Stale| match each {
        Stale::Changed { organ } => format!("“{}”的数字在汇总之后有变化", name(&organ)),
        Stale::Added { organ } => format!("“{}”在汇总之后才报送", name(&organ)),
        Stale::Gone { organ } => format!("“{}”的报告在汇总之后被退回或者正在更正", name(&organ)),
    };
    found.into_iter().map(sentence).collect()
}
