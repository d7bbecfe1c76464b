//! Loads the law embedded from `data/law`, once a process; a fault there is caught by tests.

use super::{Instrument, Limit, Provision, ProvisionKey};
use jiff::civil::Date;
use serde::Deserialize;
use std::sync::LazyLock;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct InstrumentFile {
    instrument: Vec<Instrument>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleFile {
    provision: Vec<ProvisionEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ProvisionEntry {
    key: ProvisionKey,
    instrument: String,
    article: String,
    gist: String,
    quotation: Option<String>,
    limit: Option<Limit>,
    from: Option<Date>,
    until: Option<Date>,
}

static PROVISIONS: LazyLock<Vec<Provision>> = LazyLock::new(load);
static INSTRUMENTS: LazyLock<Vec<Instrument>> = LazyLock::new(load_instruments);

pub(super) fn instruments() -> &'static [Instrument] {
    &INSTRUMENTS
}

fn load_instruments() -> Vec<Instrument> {
    let file: InstrumentFile = parse(include_str!("../../../../data/law/instruments.toml"));
    file.instrument
}

pub(super) fn provisions() -> &'static [Provision] {
    &PROVISIONS
}

fn parse<'a, T: Deserialize<'a>>(text: &'a str) -> T {
    toml::from_str(text).expect("data/law is embedded and tested")
}

fn load() -> Vec<Provision> {
    let rules: RuleFile = parse(include_str!("../../../../data/law/request-clock.toml"));
    let made = |entry| provision(entry, instruments());
    rules.provision.into_iter().map(made).collect()
}

fn provision(entry: ProvisionEntry, instruments: &[Instrument]) -> Provision {
    let instrument = instruments
        .iter()
        .find(|each| each.key == entry.instrument)
        .expect("data/law names its own instruments; tested");
    let reference = instrument.reference(&entry.article);
    Provision {
        key: entry.key,
        citation: reference.to_string(),
        reference,
        gist: entry.gist,
        quotation: entry.quotation,
        limit: entry.limit,
        from: entry.from.unwrap_or(instrument.from),
        until: entry.until.or(instrument.until),
    }
}
