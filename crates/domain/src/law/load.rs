//! Loads the law embedded from `data/law`, once a process; a fault there is caught by tests.

use super::{Limit, Provision, ProvisionKey, Reference};
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
struct Instrument {
    key: String,
    title: String,
    document: String,
    from: Date,
    until: Option<Date>,
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

pub(super) fn provisions() -> &'static [Provision] {
    &PROVISIONS
}

fn parse<'a, T: Deserialize<'a>>(text: &'a str) -> T {
    toml::from_str(text).expect("data/law is embedded and tested")
}

fn load() -> Vec<Provision> {
    let instruments: InstrumentFile = parse(include_str!("../../../../data/law/instruments.toml"));
    let rules: RuleFile = parse(include_str!("../../../../data/law/request-clock.toml"));
    let made = |entry| provision(entry, &instruments.instrument);
    rules.provision.into_iter().map(made).collect()
}

fn provision(entry: ProvisionEntry, instruments: &[Instrument]) -> Provision {
    let instrument = instruments
        .iter()
        .find(|each| each.key == entry.instrument)
        .expect("data/law names its own instruments; tested");
    Provision {
        key: entry.key,
        reference: Reference {
            instrument: instrument.title.clone(),
            document: instrument.document.clone(),
            article: entry.article,
        },
        gist: entry.gist,
        quotation: entry.quotation,
        limit: entry.limit,
        from: entry.from.unwrap_or(instrument.from),
        until: entry.until.or(instrument.until),
    }
}
